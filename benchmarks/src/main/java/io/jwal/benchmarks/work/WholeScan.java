package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Peer;
import java.util.concurrent.TimeUnit;

/** W5: reads every entry in order, again and again. Entries per second of the median pass. */
final class WholeScan implements Work {
    private static final int PASSES_AT_LEAST = 3;

    @Override
    public void prepare(TrialSpec spec) throws Exception {
        Filling.fill(spec, spec.log(), spec.entries());
    }

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        try (Peer log = spec.peer().open(spec.log(), spec.options(false))) {
            passes(log, spec, spec.warmUpMillis());
            Latencies passes = passes(log, spec, spec.measuredMillis());
            return Measurement.of(spec.entries() * 1e9 / passes.percentile(50));
        }
    }

    private static Latencies passes(Peer log, TrialSpec spec, long millis) throws Exception {
        Latencies passes = new Latencies();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (passes.count() < PASSES_AT_LEAST || System.nanoTime() < end) {
            long before = System.nanoTime();
            Peer.Scan seen = log.scan();
            passes.record(System.nanoTime() - before);
            check(seen, spec.entries());
        }
        return passes;
    }

    private static void check(Peer.Scan seen, long entries) {
        Peer.Scan wanted = new Peer.Scan(entries, entries * (entries + 1) / 2);
        if (!seen.equals(wanted)) {
            throw new IllegalStateException("the scan saw " + seen + ", not " + wanted);
        }
    }
}
