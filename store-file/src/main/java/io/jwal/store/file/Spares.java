package io.jwal.store.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files whose space is taken already, so that registers can be written when the disk is full: that is what makes room,
 * because nothing is deleted before the manifest has let it go.
 *
 * <p>There are several, because opening a log on a full disk writes registers, too, before anything can be deleted, and
 * somebody else may take the space that a replaced register frees.
 */
final class Spares {
    private static final int COUNT = 4;

    /** A manifest of a thousand segments. */
    private static final int MIN_BYTES = 64 << 10;

    private static final String NAME = ".spare-";
    private static final byte[] ZEROS = new byte[MIN_BYTES];

    private final Disk disk;
    private final SyncedDirectory directory;
    private final System.Logger logger;

    /** The spares at hand, with their lengths. */
    private final Map<String, Long> ready = new LinkedHashMap<>();

    private long wanted = MIN_BYTES;
    private boolean complete;
    private boolean warned;

    Spares(Disk disk, SyncedDirectory directory, System.Logger logger) {
        this.disk = disk;
        this.directory = directory;
        this.logger = logger;
    }

    /** Wants every spare to hold twice so much. */
    void expect(long bytes) {
        while (wanted < 2 * bytes) {
            wanted *= 2;
            complete = false;
        }
    }

    /**
     * Sets aside what is missing. A disk without room for it is no failure: as long as the disk is not full the log
     * needs none of it.
     */
    void provide() {
        if (complete) {
            return;
        }
        boolean found = true;
        for (int i = 1; i <= COUNT; i++) {
            String name = directory.file(NAME + i);
            try {
                long length = length(name);
                if (length < wanted && found) {
                    make(name);
                    length = wanted;
                }
                ready.put(name, length);
            } catch (IOException e) {
                found = false;
                warn(name, e);
            }
        }
        complete = found;
    }

    private void warn(String name, IOException e) {
        if (!warned) {
            warned = true;
            logger.log(
                    System.Logger.Level.WARNING,
                    "cannot set space aside in {0} ({1}): should the disk be full, truncateBefore may fail",
                    disk.describe(name),
                    e.getMessage());
        }
    }

    private long length(String name) throws IOException {
        try (DiskFile file = disk.openToRead(name)) {
            return file.length();
        } catch (NoSuchFileException e) {
            ready.remove(name);
            return 0;
        }
    }

    /** Makes a spare under another name first, so that a smaller one is not lost when the disk is full. */
    private void make(String name) throws IOException {
        String temporary = name + Registers.TEMPORARY;
        disk.delete(temporary);
        try {
            try (DiskFile file = disk.create(temporary)) {
                for (long at = 0; at < wanted; at += ZEROS.length) {
                    file.write(at, ZEROS, 0, ZEROS.length);
                }
                file.sync();
            }
            disk.rename(temporary, name);
        } catch (IOException e) {
            disk.delete(temporary);
            throw e;
        }
    }

    /** Writes bytes into a spare, synced, and returns its name; null when none is large enough. */
    @Nullable
    String use(byte[] bytes) throws IOException {
        for (Iterator<Map.Entry<String, Long>> spares = ready.entrySet().iterator(); spares.hasNext(); ) {
            Map.Entry<String, Long> spare = spares.next();
            if (spare.getValue() >= bytes.length) {
                spares.remove();
                complete = false;
                String name = spare.getKey();
                try (DiskFile file = disk.open(name)) {
                    file.write(0, bytes, 0, bytes.length);
                    file.truncate(bytes.length);
                    file.sync();
                }
                return name;
            }
        }
        return null;
    }
}
