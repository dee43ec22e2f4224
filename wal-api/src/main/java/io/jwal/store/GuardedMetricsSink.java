package io.jwal.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps the exceptions of a sink away from the log; the first one is logged. */
final class GuardedMetricsSink implements MetricsSink {
    private static final System.Logger LOG = System.getLogger(MetricsSink.class.getName());

    private final MetricsSink sink;
    private final AtomicBoolean reported = new AtomicBoolean();

    GuardedMetricsSink(MetricsSink sink) {
        this.sink = sink;
    }

    @Override
    public void count(String name, long amount) {
        try {
            sink.count(name, amount);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    @Override
    public void time(String name, Duration duration) {
        try {
            sink.time(name, duration);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void report(RuntimeException failure) {
        if (reported.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a metrics sink failed; the log goes on, metrics may be lost",
                    failure);
        }
    }
}
