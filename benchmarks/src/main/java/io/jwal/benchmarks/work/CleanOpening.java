package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Peer;

/** W7: opens a large log that was closed in order. Milliseconds, in a process that has opened other logs before. */
final class CleanOpening implements Work {
    private static final int WARM_UPS = 10;
    private static final int WARM_UP_ENTRIES = 20_000;
    private static final int OPENINGS = 5;

    @Override
    public void prepare(TrialSpec spec) throws Exception {
        Filling.fill(spec, spec.log(), spec.entries());
    }

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        Filling.fill(spec, spec.scratch(), WARM_UP_ENTRIES);
        for (int i = 0; i < WARM_UPS; i++) {
            spec.peer().open(spec.scratch(), spec.options(false)).close();
        }
        Latencies openings = new Latencies();
        for (int i = 0; i < OPENINGS; i++) {
            long before = System.nanoTime();
            Peer log = spec.peer().open(spec.log(), spec.options(false));
            openings.record(System.nanoTime() - before);
            log.close();
        }
        return Measurement.of(openings.percentile(50) / 1e6);
    }
}
