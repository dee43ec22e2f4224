package io.jwal.benchmarks.work;

import io.jwal.Wal;
import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.JWalLog;
import io.jwal.core.JWal;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** G2: a log that grows to so many segments. What an append costs that rolls, and what opening costs. Microseconds. */
final class SegmentGrowth implements Work {
    private static final int SEGMENT_BYTES = 4 << 10;
    private static final int ROLLS = 200;

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        byte[] entry = Entries.template(spec.size());
        Latencies rolls = new Latencies();
        Latencies others = new Latencies();
        try (Wal log = open(spec)) {
            while (segments(log) < spec.entries()) {
                log.append(entry);
            }
            int present = segments(log);
            while (rolls.count() < ROLLS) {
                long before = System.nanoTime();
                log.append(entry);
                long nanos = System.nanoTime() - before;
                boolean rolled = segments(log) > present;
                (rolled ? rolls : others).record(nanos);
                present = segments(log);
            }
        }
        double bytes = manifestBytes(spec);
        long before = System.nanoTime();
        try (Wal log = open(spec)) {
            double millis = (System.nanoTime() - before) / 1e6;
            log.read(log.lastIndex() / 2);
            double micros = rolls.percentile(50) / 1e3;
            return Measurement.of(
                    micros,
                    Map.of(
                            "rollMicros",
                            micros,
                            "appendMicros",
                            others.percentile(50) / 1e3,
                            "longestMicros",
                            Math.max(rolls.percentile(100), others.percentile(100)) / 1e3,
                            "manifestBytes",
                            bytes,
                            "manifestKib",
                            bytes / 1024,
                            "openMillis",
                            millis));
        }
    }

    private static Wal open(TrialSpec spec) {
        return JWal.open(JWalLog.config(spec.log(), true, SEGMENT_BYTES)
                .maxEntry(ByteSize.ofKibibytes(2))
                .build());
    }

    private static int segments(Wal log) {
        return log.stats().segments().sealed() + log.stats().segments().open();
    }

    private static double manifestBytes(TrialSpec spec) throws IOException {
        return Files.size(spec.log().resolve("registers").resolve("manifest"));
    }
}
