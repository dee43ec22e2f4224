package io.jwal.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory does not grow with the log: it is written, and read in order and at random by another process, within a small
 * heap. {@code -Djwal.large.entries=10000000 -Djwal.large.heap=96m} for the large one.
 */
class LargeLogTest {
    private static final long ENTRIES = Long.getLong("jwal.large.entries", 300_000);
    private static final String HEAP = System.getProperty("jwal.large.heap", "48m");

    /** Of an entry beyond its content: length, check and place in the index, and its share of headers. */
    private static final int OVERHEAD = 14;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aLargeLogIsWrittenAndReadWithinASmallHeap() throws Exception {
        run("write");
        long bytes = DiskUsage.of(directory);
        System.out.printf("%d entries of %d bytes take %d bytes on the disk%n", ENTRIES, LargeLog.ENTRY, bytes);
        assertThat(bytes).isLessThan(ENTRIES * (LargeLog.ENTRY + OVERHEAD) + (1 << 20));
        run("read");
    }

    private void run(String what) throws IOException, InterruptedException {
        List<String> flags = List.of("-Xmx" + HEAP, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        try (ChildJvm child = ChildJvm.start(flags, LargeLog.class, directory, what, ENTRIES)) {
            List<String> said = child.remainingLines();
            said.forEach(System.out::println);
            assertThat(child.exitCode()).isZero();
            assertThat(said).endsWith("DONE");
        }
    }
}
