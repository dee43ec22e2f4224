package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A segment as somebody sees it who does not hold the claim, with nothing but WATERMARK to go by:
 *
 * <ul>
 *   <li>no mark, or sealed: the whole file. A mark is there before the file, and goes when nobody writes it any more;
 *   <li>open, written in this boot: what is synced, whether its writer lives or not;
 *   <li>open, written in another boot, or boots cannot be told apart: the whole file, zeros that were set aside
 *       included. Only what is synced is mapped, because the writer might live after all, on another machine.
 * </ul>
 */
final class FollowerExtent implements Extent {
    private final SegmentId id;
    private final ByteBuffer boot;
    private final @Nullable Watermark watermark;
    private final ReentrantLock lock = new ReentrantLock();
    private int sector;
    private volatile boolean complete;
    private volatile long claimed;

    private FollowerExtent(SegmentId id, ByteBuffer boot, @Nullable Watermark watermark) {
        this.id = id;
        this.boot = boot;
        this.watermark = watermark;
        complete = watermark == null;
    }

    /** Opens WATERMARK. The segment's file is open already, so its mark, if it has one, is there. */
    static FollowerExtent open(Disk disk, SegmentId id) throws IOException {
        ByteBuffer boot = ByteBuffer.wrap(disk.bootId());
        try {
            FollowerExtent extent = new FollowerExtent(id, boot, new Watermark(disk.openToRead(Watermark.NAME)));
            boolean done = false;
            try {
                extent.look();
                done = true;
                return extent;
            } finally {
                if (!done || extent.complete) {
                    extent.close();
                }
            }
        } catch (NoSuchFileException e) {
            return new FollowerExtent(id, boot, null);
        }
    }

    /** The segment's mark while it is open; null once it is complete. */
    private @Nullable Mark look() throws IOException {
        lock.lock();
        try {
            if (complete || watermark == null) {
                return null;
            }
            Mark mark = watermark.read(sector, id);
            if (mark == null) {
                Watermark.Found found = watermark.readAll().get(id);
                if (found != null) {
                    sector = found.sector();
                    mark = found.mark();
                }
            }
            if (mark != null) {
                claimed = Math.max(claimed, mark.synced());
            }
            if (mark == null || mark.sealed()) {
                complete = true;
                watermark.close();
                return null;
            }
            return mark;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size(DiskFile file) throws IOException {
        Mark mark = look();
        // The length comes second: a seal cuts the file before it says so.
        long length = file.length();
        return mark != null && mark.isOfBoot(boot) ? Math.min(mark.synced(), length) : length;
    }

    @Override
    public long mappable(DiskFile file) throws IOException {
        Mark mark = look();
        long length = file.length();
        return mark == null ? length : Math.min(mark.synced(), length);
    }

    @Override
    public boolean isFinal() {
        return complete;
    }

    @Override
    public long claimed() {
        return claimed;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (watermark != null) {
                watermark.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
