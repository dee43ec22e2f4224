package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.Peer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** W3: one thread appends batches, each durable before the next. Entries per second; the latencies are of batches. */
final class BatchAppend implements Work {
    private static final int BATCH = 1000;

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        try (Peer log = spec.peer().open(spec.log(), spec.options(true))) {
            run(log, spec, spec.warmUpMillis());
            return run(log, spec, spec.measuredMillis());
        }
    }

    private static Measurement run(Peer log, TrialSpec spec, long millis) throws Exception {
        List<byte[]> batch = Entries.batch(BATCH, spec.size());
        Latencies latencies = new Latencies();
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        long before = began;
        long stamp = 1;
        while (before < end) {
            Entries.stamp(batch, stamp);
            log.appendAll(batch);
            stamp += BATCH;
            long after = System.nanoTime();
            latencies.record(after - before);
            before = after;
        }
        return Measurement.rate(latencies.count() * BATCH, before - began, latencies);
    }
}
