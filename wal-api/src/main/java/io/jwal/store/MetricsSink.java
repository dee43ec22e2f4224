package io.jwal.store;

import java.time.Duration;

/**
 * Takes what the engine and a store measure as it happens; a binder hands it on to a metrics library. Both methods are
 * called on hot paths and from many threads, so an implementation is quick and does not block. The engine hands
 * {@link #guarded} sinks to stores, so that a sink that throws never breaks the log.
 */
public interface MetricsSink {
    /** A sink that drops everything. */
    MetricsSink DISABLED = new MetricsSink() {
        @Override
        public void count(String name, long amount) {}

        @Override
        public void time(String name, Duration duration) {}

        @Override
        public String toString() {
            return "MetricsSink.DISABLED";
        }
    };

    /**
     * Adds to a counter.
     *
     * @param name what is counted, lower-case words joined by dots, such as {@code store.bytes.written}
     * @param amount how much, at least 0
     */
    void count(String name, long amount);

    /**
     * Records how long something took.
     *
     * @param name what was timed, lower-case words joined by dots, such as {@code commit.sync}
     * @param duration how long it took
     */
    void time(String name, Duration duration);

    /**
     * A sink whose failures are logged once and then ignored.
     *
     * @param sink the sink to guard
     * @return a sink that never throws
     */
    static MetricsSink guarded(MetricsSink sink) {
        return sink.equals(DISABLED) || sink instanceof GuardedMetricsSink ? sink : new GuardedMetricsSink(sink);
    }
}
