package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.Peer;
import java.nio.file.Path;

/**
 * W4: one thread appends entries one by one and waits for none, and at the end for all. Entries per second, the last flush
 * included; one call in eight is timed, for the clock itself takes as long as a fast append.
 */
final class BufferedAppend implements Work {
    private static final int TIMED = 8;

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        run(spec, spec.scratch());
        return run(spec, spec.log());
    }

    private static Measurement run(TrialSpec spec, Path directory) throws Exception {
        byte[] entry = Entries.template(spec.size());
        Latencies latencies = new Latencies();
        try (Peer log = spec.peer().open(directory, spec.options(false))) {
            long began = System.nanoTime();
            for (int i = 0; i < spec.entries(); i++) {
                Entries.stamp(entry, i + 1);
                if (i % TIMED == 0) {
                    long before = System.nanoTime();
                    log.append(entry);
                    latencies.record(System.nanoTime() - before);
                } else {
                    log.append(entry);
                }
            }
            log.flush();
            return Measurement.rate(spec.entries(), System.nanoTime() - began, latencies);
        }
    }
}
