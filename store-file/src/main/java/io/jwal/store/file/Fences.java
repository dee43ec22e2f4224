package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids that cannot be created any more, each an empty file {@code segments/<id>.fence}.
 *
 * <p>The lock shuts earlier writers out already, and ids carry their writer's epoch, so a fence only keeps its word to
 * those who ask. That is why a full disk may keep it from outliving the claim, and why fences of epochs long gone are
 * cleared away.
 */
final class Fences {
    private static final String SUFFIX = ".fence";

    /** Fences of so many epochs before the newest are kept. */
    private static final long KEPT_EPOCHS = 8;

    private final Disk disk;
    private final SyncedDirectory directory;
    private final Set<SegmentId> fenced = ConcurrentHashMap.newKeySet();

    Fences(Disk disk, SyncedDirectory directory) {
        this.disk = disk;
        this.directory = directory;
    }

    boolean contains(SegmentId id) throws IOException {
        return fenced.contains(id) || disk.kind(name(id)) != Disk.Kind.ABSENT;
    }

    /** Fences an id, durably. */
    void add(SegmentId id) throws IOException {
        if (!fenced.add(id)) {
            return;
        }
        try {
            disk.create(name(id)).close();
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            if (disk.isFull(e)) {
                return;
            }
            fenced.remove(id);
            throw e;
        }
        clear(id.epoch() - KEPT_EPOCHS);
        directory.sync();
    }

    private void clear(long before) throws IOException {
        List<SegmentId> all = Segments.ids(disk.list(Segments.DIRECTORY), SUFFIX);
        for (SegmentId id : all) {
            if (id.epoch() < before) {
                disk.delete(name(id));
            }
        }
    }

    private String name(SegmentId id) {
        return directory.file(id + SUFFIX);
    }
}
