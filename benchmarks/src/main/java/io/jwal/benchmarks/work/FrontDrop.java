package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Peer;
import java.nio.file.Path;

/** W9: drops the older half of a log. Milliseconds, until the call returns. */
final class FrontDrop implements Work {
    private static final int WARM_UPS = 5;
    private static final int WARM_UP_ENTRIES = 20_000;

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            drop(spec, spec.directory().resolve("scratch-" + i), WARM_UP_ENTRIES);
        }
        return Measurement.of(drop(spec, spec.log(), spec.entries()) / 1e6);
    }

    private static long drop(TrialSpec spec, Path directory, int entries) throws Exception {
        Filling.fill(spec, directory, entries);
        try (Peer log = spec.peer().open(directory, spec.options(true))) {
            long before = System.nanoTime();
            log.dropBefore(entries / 2 + 1L);
            return System.nanoTime() - before;
        }
    }
}
