package io.jwal.benchmarks.work;

import io.jwal.Wal;
import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.JWalLog;
import io.jwal.core.JWal;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * W10: what rolling costs an appender. Two logs take turns of a fifth of a second, one whose segments hold about 480
 * entries, so that two appends in a thousand cross into another, and one that never rolls. The p99.9 of the first against
 * that of the second.
 */
final class RollStall implements Work {
    private static final int SMALL_SEGMENT = 512 << 10;
    private static final int LARGE_SEGMENT = 1 << 30;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SETTLING_APPENDS = 20;

    @Override
    public Measurement measure(TrialSpec spec) {
        Latencies rolling = new Latencies();
        Latencies between = new Latencies();
        byte[] entry = Entries.template(spec.size());
        try (Wal small = JWal.open(
                        JWalLog.config(spec.log(), true, SMALL_SEGMENT).build());
                Wal large = JWal.open(
                        JWalLog.config(spec.scratch(), true, LARGE_SEGMENT).build())) {
            turn(small, entry, new Latencies());
            turn(large, entry, new Latencies());
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4 * spec.measuredMillis());
            while (System.nanoTime() < end) {
                turn(small, entry, rolling);
                turn(large, entry, between);
            }
        }
        double across = rolling.percentile(99.9);
        double quiet = between.percentile(99.9);
        return new Measurement(
                across / quiet, rolling.pairs(), Map.of("acrossMicros", across / 1e3, "betweenMicros", quiet / 1e3));
    }

    /** Its first appends share the disk with what the other log still does in the background. */
    static void turn(Wal log, byte[] entry, Latencies latencies) {
        for (int i = 0; i < SETTLING_APPENDS; i++) {
            log.append(entry);
        }
        long before = System.nanoTime();
        long end = before + TURN_NANOS;
        while (before < end) {
            log.append(entry);
            long after = System.nanoTime();
            latencies.record(after - before);
            before = after;
        }
    }
}
