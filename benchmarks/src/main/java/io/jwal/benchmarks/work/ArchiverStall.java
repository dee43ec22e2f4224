package io.jwal.benchmarks.work;

import io.jwal.Wal;
import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.s3.Place;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * W13: what an archiver at work costs an appender. Two logs of files take turns of a fifth of a second, one that archives
 * each segment of 1 MiB to a bucket as it fills, and one that does not. The p99 of the first against that of the second.
 */
final class ArchiverStall implements Work {
    private static final int WARM_UPS = 4;
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        Latencies archiving = new Latencies();
        Latencies alone = new Latencies();
        byte[] entry = Entries.template(spec.size());
        long archived;
        try (Place place = Place.open();
                Wal tiered = JWal.open(config(tiered(spec.log(), place)));
                Wal files = JWal.open(config(files(spec.scratch())))) {
            warmUp(tiered, files, entry, spec.warmUpMillis());
            long before = archivedBytes(tiered);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4 * spec.measuredMillis());
            while (System.nanoTime() < end) {
                RollStall.turn(tiered, entry, archiving);
                catchUp(tiered);
                RollStall.turn(files, entry, alone);
            }
            archived = archivedBytes(tiered) - before;
        }
        double busy = archiving.percentile(99);
        double quiet = alone.percentile(99);
        return new Measurement(
                busy / quiet,
                archiving.pairs(),
                Map.of("archivingMicros", busy / 1e3, "aloneMicros", quiet / 1e3, "archivedMegabytes", archived / 1e6));
    }

    /** Longer than others: what the archiver calls takes its time to be compiled, on the processors that append. */
    private static void warmUp(Wal tiered, Wal files, byte[] entry, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WARM_UPS * millis);
        while (System.nanoTime() < end) {
            RollStall.turn(tiered, entry, new Latencies());
            catchUp(tiered);
            RollStall.turn(files, entry, new Latencies());
        }
    }

    private static WalConfig config(String store) {
        return WalConfig.parse("""
                { "store": %s, "segment": { "size": "1MiB" }, "maxBatch": "64KiB", "maxEntry": "64KiB" }
                """.formatted(store));
    }

    private static String files(Path directory) {
        return """
                { "type": "file", "directory": "%s" }""".formatted(directory);
    }

    private static String tiered(Path directory, Place place) {
        return """
                { "type": "tiered", "hot": %s, "archive": { "type": "s3", "bucket": "%s", "prefix": "archive",
                  "endpoint": "%s", "region": "%s", "accessKey": "%s", "secretKey": "%s" } }
                """.formatted(
                        files(directory),
                        place.bucket(),
                        place.server().endpoint(),
                        place.server().region(),
                        place.server().accessKey(),
                        place.server().secretKey());
    }

    private static long archivedBytes(Wal tiered) {
        return tiered.stats().store().getOrDefault("archive.bytes.written", 0L);
    }

    /** So that the other log's turn is not disturbed by what this one's has left to do. */
    private static void catchUp(Wal tiered) throws InterruptedException {
        long end = System.nanoTime() + CATCH_UP_NANOS;
        while (tiered.stats().store().getOrDefault("archive.backlog.bytes", 0L) > 0 && System.nanoTime() < end) {
            Thread.sleep(1);
        }
    }
}
