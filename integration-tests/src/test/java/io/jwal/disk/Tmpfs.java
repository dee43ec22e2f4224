package io.jwal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory of a few MB, mounted until it is closed. */
final class Tmpfs implements AutoCloseable {
    private final Path directory;

    private Tmpfs(Path directory) {
        this.directory = directory;
    }

    /** Mounts one, or skips the test and says so where nobody can miss it. */
    static Tmpfs mount(Path directory, int megabytes) throws IOException {
        List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "jwal", "" + directory);
        if (run(mount) != 0) {
            String why = "NOT TESTED: logs on a full or read-only disk. A tmpfs cannot be mounted here; it takes Linux"
                    + " and root: " + String.join(" ", mount);
            System.err.println("\n**** " + why + " ****\n");
            Assumptions.abort(why);
        }
        return new Tmpfs(directory);
    }

    void makeReadOnly() throws IOException {
        remount("ro");
    }

    void makeWritable() throws IOException {
        remount("rw");
    }

    private void remount(String mode) throws IOException {
        if (run(List.of("mount", "-o", "remount," + mode, "" + directory)) != 0) {
            throw new IOException("cannot remount " + directory + " " + mode);
        }
    }

    private static int run(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", "--lazy", "" + directory)); // maps of files may still be there
    }
}
