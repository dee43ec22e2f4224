package io.jwal.store.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands each test its {@link StoreUnderTest}; JUnit closes it after the test. */
final class StoreUnderTestResolver implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(StoreUnderTestResolver.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == StoreUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        StoreContractTest hooks = (StoreContractTest) test.getRequiredTestInstance();
        return test.getStore(NAMESPACE)
                .computeIfAbsent(StoreUnderTest.class, unused -> new StoreUnderTest(hooks), StoreUnderTest.class);
    }
}
