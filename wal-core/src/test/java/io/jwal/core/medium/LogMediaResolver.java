package io.jwal.core.medium;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.ReflectionSupport;

/** Gives each test its {@link LogMedia}, and says which tests its media had to leave out. */
public final class LogMediaResolver implements ParameterResolver, TestWatcher {
    /** Names the {@link MediumSource}. */
    public static final String PARAMETER = "jwal.media";

    private static final Namespace NAMESPACE = Namespace.create(LogMediaResolver.class);

    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // on a server of another process, on a busy machine
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LogMedia.class;
    }

    @Override
    public LogMedia resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LogMedia media = new LogMedia(source(context));
        context.getStore(NAMESPACE).put(media, media);
        return media;
    }

    /** One for all tests of a run. */
    private static MediumSource source(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(PARAMETER, any -> make(context), MediumSource.class);
    }

    private static MediumSource make(ExtensionContext context) {
        String name = context.getConfigurationParameter(PARAMETER).orElse(CrashMedia.class.getName());
        return ReflectionSupport.tryToLoadClass(name)
                .andThenTry(type -> (MediumSource) ReflectionSupport.newInstance(type))
                .getNonNullOrThrow(
                        cause -> new IllegalArgumentException(PARAMETER + " names no source of media: " + name, cause));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        System.out.println("left out on " + source(context) + ": "
                + context.getRequiredTestClass().getSimpleName() + ", " + context.getDisplayName() + ": "
                + cause.getMessage());
    }
}
