package io.jwal.concurrency;

import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever three threads do with a log at once has a result that one thread could have had, one call after the other, in
 * an order that keeps who was done before whom. {@code -Djwal.lincheck.scenarios=1000} for more than a share.
 *
 * <p>By stress and not by model checking: a log has threads of its own, which Lincheck does not schedule.
 */
class LincheckTest {
    private static final int SCENARIOS = Integer.getInteger("jwal.lincheck.scenarios", 20);
    private static final int RUNS = Integer.getInteger("jwal.lincheck.runs", 150);

    @ParameterizedTest
    @ValueSource(classes = {SharedLog.Sync.class, SharedLog.None.class})
    void resultsAreThoseOfOneThread(Class<?> log) {
        new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(RUNS)
                .actorsBefore(2)
                .threads(3)
                .actorsPerThread(3)
                .actorsAfter(2)
                .sequentialSpecification(PlainLog.class)
                .check(log);
    }
}
