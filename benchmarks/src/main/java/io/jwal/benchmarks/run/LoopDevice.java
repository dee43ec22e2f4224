package io.jwal.benchmarks.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A journaled ext4 in a file, mounted through a loop device. Takes Linux and root. */
final class LoopDevice implements AutoCloseable {
    private static final long IMAGE_BYTES = 6L << 30;
    private static final int PATIENCE_SECONDS = 60;

    private final Path image;
    private final Path mountPoint;

    private LoopDevice(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /** Makes and mounts it; what the system says against it is in the message of the exception. */
    static LoopDevice mount(Path directory) throws IOException {
        Files.createDirectories(directory);
        LoopDevice device = new LoopDevice(directory.resolve("ext4.img"), directory.resolve("ext4"));
        try (RandomAccessFile file = new RandomAccessFile(device.image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        Files.createDirectories(device.mountPoint);
        // Not lazily: the kernel would go on zeroing inodes while the run is on
        run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", device.image.toString());
        run("mount", "-o", "loop,data=ordered", device.image.toString(), device.mountPoint.toString());
        return device;
    }

    Path directory() {
        return mountPoint.resolve("work");
    }

    @Override
    public void close() throws IOException {
        run("umount", mountPoint.toString());
        Files.delete(mountPoint);
        Files.delete(image);
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", List.of(command)) + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + command[0], e);
        }
    }
}
