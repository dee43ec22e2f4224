package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.Peer;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** G1: a log that grows to so many entries. What one more append costs then, and what opening it costs. Nanoseconds. */
final class EntryGrowth implements Work {
    private static final int MEASURED_AT_MOST = 500_000;
    private static final int WARM_UPS = 5;

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        int measured = Math.min(MEASURED_AT_MOST, spec.entries() / 2);
        warmUp(spec, measured);
        double nanos;
        try (Peer log = spec.peer().open(spec.log(), spec.options(false))) {
            long present = log.scan().entries();
            Filling.append(log, present + 1, (int) (spec.entries() - present - measured), spec.size());
            nanos = appendOneByOne(log, spec.size(), measured);
        }
        long before = System.nanoTime();
        try (Peer log = spec.peer().open(spec.log(), spec.options(false))) {
            double millis = (System.nanoTime() - before) / 1e6;
            log.read(spec.entries() / 2);
            ManagementFactory.getMemoryMXBean().gc();
            double heap =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
            return Measurement.of(nanos, Map.of("appendNanos", nanos, "openMillis", millis, "heap", heap));
        }
    }

    private static void warmUp(TrialSpec spec, int count) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            try (Peer log = spec.peer().open(spec.scratch(), spec.options(false))) {
                appendOneByOne(log, spec.size(), count);
            }
        }
    }

    private static double appendOneByOne(Peer log, int size, int count) throws Exception {
        byte[] entry = Entries.template(size);
        long before = System.nanoTime();
        for (int i = 0; i < count; i++) {
            log.append(entry);
        }
        log.flush();
        return (System.nanoTime() - before) / (double) count;
    }
}
