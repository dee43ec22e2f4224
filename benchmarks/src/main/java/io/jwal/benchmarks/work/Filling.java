package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.Peer;
import java.nio.file.Path;
import java.util.List;

/** Fills logs fast, for works that read. */
final class Filling {
    private static final int BATCH = 1000;

    private Filling() {}

    /** Appends entries with the stamps first, first + 1 and so on, and flushes. */
    static void append(Peer log, long first, int count, int size) throws Exception {
        List<byte[]> batch = Entries.batch(Math.min(BATCH, count), size);
        int left = count;
        while (left > 0) {
            List<byte[]> next = batch.subList(0, Math.min(left, batch.size()));
            Entries.stamp(next, first + count - left);
            log.appendAll(next);
            left -= next.size();
        }
        log.flush();
    }

    /** A new log with the stamps 1 to count, closed. */
    static void fill(TrialSpec spec, Path directory, int count) throws Exception {
        try (Peer log = spec.peer().open(directory, spec.options(false))) {
            append(log, 1, count, spec.size());
        }
    }
}
