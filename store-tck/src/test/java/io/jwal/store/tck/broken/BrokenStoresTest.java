package io.jwal.store.tck.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.jwal.store.tck.CrashStoreContractTest;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract's tests find every mistake, by the tests that are named after the rule it breaks. */
class BrokenStoresTest {
    private static final int TESTS = 100;

    static Stream<Class<?>> mistakes() {
        return Stream.of(
                        BrokenDurability.class,
                        BrokenRegisters.class,
                        BrokenWriters.class,
                        BrokenReaders.class,
                        BrokenSharing.class,
                        BrokenSlices.class,
                        BrokenFences.class,
                        BrokenSegments.class,
                        BrokenInterrupts.class,
                        BrokenNames.class,
                        BrokenClaims.class)
                .flatMap(group -> Arrays.stream(group.getDeclaredClasses()))
                .filter(BrokenStore.class::isAssignableFrom)
                .filter(mistake -> !Modifier.isAbstract(mistake.getModifiers()))
                .sorted(Comparator.comparing(Class::getName));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void everyMistakeIsFound(Class<?> mistake) {
        List<String> failed = failedTests(mistake);

        for (String prefix : mistake.getAnnotation(Breaks.class).value()) {
            assertThat(failed).as(mistake.getSimpleName()).anyMatch(test -> test.startsWith(prefix));
        }
    }

    @Test
    void aSoundStorePasses() {
        assertThat(failedTests(CrashStoreContractTest.class)).isEmpty();
    }

    private static List<String> failedTests(Class<?> contract) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
        tests.assertStatistics(counts -> counts.aborted(0).skipped(0));
        assertThat(tests.started().count()).isGreaterThan(TESTS);
        return tests.failed().stream()
                .map(event -> event.getTestDescriptor().getLegacyReportingName())
                .sorted()
                .toList();
    }
}
