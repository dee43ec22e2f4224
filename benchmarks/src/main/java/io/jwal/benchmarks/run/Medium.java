package io.jwal.benchmarks.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;

/**
 * Where logs lie while they are measured.
 *
 * @param name what reports call it
 * @param directory an empty directory on it
 * @param syncTime what appending 128 bytes to a growing file and syncing it costs, the median
 */
record Medium(String name, Path directory, Duration syncTime) {
    private static final int PROBES = 400;
    private static final int PROBE_BYTES = 128;

    /** A medium whose syncs are measured now. */
    static Medium probed(String name, Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Medium(name, directory, probe(directory.resolve("probe")));
    }

    /** The file system that the directory is on. */
    String description() throws IOException {
        return Files.getFileStore(directory).type();
    }

    private static Duration probe(Path file) throws IOException {
        long[] nanos = new long[PROBES];
        ByteBuffer bytes = ByteBuffer.allocateDirect(PROBE_BYTES);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            for (int i = 0; i < PROBES; i++) {
                long before = System.nanoTime();
                channel.write(bytes.clear());
                channel.force(false);
                nanos[i] = System.nanoTime() - before;
            }
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[PROBES / 2]);
    }
}
