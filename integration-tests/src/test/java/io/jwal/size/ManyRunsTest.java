package io.jwal.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that is opened, appended to and closed again and again does not fall into as many segments, and leaves nothing
 * open. {@code -Djwal.runs=10000} for longer.
 */
class ManyRunsTest {
    private static final int RUNS = Integer.getInteger("jwal.runs", 100);
    private static final int HANDFUL = 5;

    /** Registers with their spares, marks, headers: what a log takes whatever it holds. */
    private static final long FIXED_BYTES = 512 << 10;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void manyShortRunsLeaveAHandfulOfSegments() throws Exception {
        WalConfig config =
                WalConfig.builder().store(new FileStoreConfig(directory)).build();
        long start = System.nanoTime();
        long content = 0;
        int handles = 0;
        for (int run = 1; run <= RUNS; run++) {
            byte[] entry = entry(run);
            content += entry.length;
            try (Wal wal = JWal.open(config)) {
                assertThat(wal.append(entry)).isEqualTo(run);
                assertThat(wal.stats().segments().sealed()).isLessThanOrEqualTo(HANDFUL);
            }
            if (run == RUNS / 10) {
                handles = OpenHandles.below(directory);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(OpenHandles.below(directory)).isEqualTo(handles).isZero();
        long bytes = DiskUsage.of(directory);
        try (Wal wal = JWal.open(config)) {
            assertThat(wal.lastIndex()).isEqualTo(RUNS);
            for (int index = 1; index <= RUNS; index++) {
                assertThat(wal.read(index)).isEqualTo(entry(index));
            }
            System.out.printf(
                    "%d runs in %.1f s: %d segments, %d bytes of entries take %d on the disk%n",
                    RUNS, seconds, wal.stats().segments().sealed(), content, bytes);
        }
        // Each run is a commit of its own, with a header of its own
        assertThat(bytes).isLessThan(content + RUNS * 80L + FIXED_BYTES);
    }

    private static byte[] entry(int run) {
        return ("run " + run + ", " + "x".repeat(run % 100)).getBytes(StandardCharsets.UTF_8);
    }
}
