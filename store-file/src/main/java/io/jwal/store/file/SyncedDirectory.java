package io.jwal.store.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose names are changed under a claim. Once a sync of it failed, every later one fails: the system has
 * dropped what it could not write, and a second sync would say that all is well.
 */
final class SyncedDirectory {
    private final Disk disk;
    private final String name;
    private volatile @Nullable IOException failure;

    SyncedDirectory(Disk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    /** The name of a file in it. */
    String file(String file) {
        return name + "/" + file;
    }

    /** Makes its names durable. */
    void sync() throws IOException {
        check();
        try {
            disk.syncDirectory(name);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Makes its names durable before long. */
    void syncSoon() throws IOException {
        check();
        disk.syncDirectorySoon(name);
    }

    private void check() throws IOException {
        IOException first = failure;
        if (first != null) {
            throw new IOException(
                    "an earlier sync of " + disk.describe(name) + " failed (" + first.getMessage()
                            + "); what it covered is unknown until the log is opened again",
                    first);
        }
    }
}
