package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Peer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * W6: one thread reads single entries at random. Reads per second; one read in eight is timed. Warmed up for longer than
 * others: calls this short go on being compiled for a second or two.
 */
final class RandomReads implements Work {
    private static final int TIMED = 8;
    private static final int SEED = 6;
    private static final int WARM_UPS = 2;

    @Override
    public void prepare(TrialSpec spec) throws Exception {
        Filling.fill(spec, spec.log(), spec.entries());
    }

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (Peer log = spec.peer().open(spec.log(), spec.options(false))) {
            run(log, spec, WARM_UPS * spec.warmUpMillis(), random);
            return run(log, spec, spec.measuredMillis(), random);
        }
    }

    private static Measurement run(Peer log, TrialSpec spec, long millis, SplittableRandom random) throws Exception {
        Latencies latencies = new Latencies();
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        long reads = 0;
        long before = began;
        while (before < end) {
            before = System.nanoTime();
            read(log, random.nextLong(1, spec.entries() + 1L));
            latencies.record(System.nanoTime() - before);
            for (int i = 1; i < TIMED; i++) {
                read(log, random.nextLong(1, spec.entries() + 1L));
            }
            reads += TIMED;
        }
        return Measurement.rate(reads, System.nanoTime() - began, latencies);
    }

    private static void read(Peer log, long index) throws Exception {
        long stamp = log.read(index);
        if (stamp != index) {
            throw new IllegalStateException("read the entry " + stamp + " at " + index);
        }
    }
}
