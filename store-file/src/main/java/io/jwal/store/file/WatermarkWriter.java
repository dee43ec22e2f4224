package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes WATERMARK under a claim.
 *
 * <p>A segment has a sector from before its file exists until it is sealed or deleted. So whoever finds a segment
 * without a mark knows that it is whole: nobody writes it any more. Marks that earlier writers left behind stay until
 * their segments are deleted, because recovery and followers still need them.
 */
final class WatermarkWriter implements AutoCloseable {
    private static final int FIRST_SECTORS = 8;

    private final DiskFile file;
    private final ByteBuffer boot;
    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet taken = new BitSet();

    /** Of free sectors: whether the mark that counts is in the other half. */
    private final BitSet otherHalf = new BitSet();

    /** What earlier writers left. */
    private final Map<SegmentId, Watermark.Found> inherited = new HashMap<>();

    private int sectors;

    private WatermarkWriter(DiskFile file, byte[] boot) {
        this.file = file;
        this.boot = ByteBuffer.wrap(boot);
    }

    /** Opens WATERMARK, creating it if need be, and takes over the marks of segments that are still there. */
    static WatermarkWriter open(Disk disk) throws IOException {
        DiskFile file;
        try {
            file = disk.open(Watermark.NAME);
        } catch (NoSuchFileException e) {
            file = disk.create(Watermark.NAME);
        }
        boolean done = false;
        try {
            WatermarkWriter writer = new WatermarkWriter(file, disk.bootId());
            writer.load(disk);
            done = true;
            return writer;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private void load(Disk disk) throws IOException {
        Watermark present = new Watermark(file);
        sectors = present.sectors();
        if (sectors < FIRST_SECTORS) {
            grow(FIRST_SECTORS - sectors);
        }
        for (Watermark.Found found : present.readAll().values()) {
            if (Segments.exists(disk, found.mark().id())) {
                inherited.put(found.mark().id(), found);
                if (found.mark().sealed()) {
                    otherHalf.set(found.sector(), found.otherHalf());
                } else {
                    taken.set(found.sector());
                }
            }
        }
    }

    private void grow(int by) throws IOException {
        file.write((long) sectors * Watermark.SECTOR, new byte[by * Watermark.SECTOR], 0, by * Watermark.SECTOR);
        file.sync();
        sectors += by;
    }

    /** How much an earlier writer is known to have synced of a segment. */
    long claimed(SegmentId id) {
        lock.lock();
        try {
            Watermark.Found found = inherited.get(id);
            return found == null ? 0 : found.mark().synced();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a segment that is about to be created its sector. */
    WatermarkSlot begin(SegmentId id) throws IOException {
        lock.lock();
        try {
            int sector = taken.nextClearBit(0);
            if (sector >= sectors) {
                grow(FIRST_SECTORS);
            }
            WatermarkSlot slot = new WatermarkSlot(this, file, sector, id, boot);
            slot.begin(otherHalf.get(sector));
            taken.set(sector);
            return slot;
        } finally {
            lock.unlock();
        }
    }

    /** The segment of an earlier writer is deleted. */
    void forget(SegmentId id) throws IOException {
        lock.lock();
        try {
            Watermark.Found found = inherited.remove(id);
            if (found != null && !found.mark().sealed()) {
                clear(found.sector());
            }
        } finally {
            lock.unlock();
        }
    }

    /** A sector is free; the mark in it stays until it is taken again. */
    void release(int sector, boolean lastWasOtherHalf) {
        lock.lock();
        try {
            otherHalf.set(sector, lastWasOtherHalf);
            taken.clear(sector);
        } finally {
            lock.unlock();
        }
    }

    /** A sector is free, and says nothing. */
    void clear(int sector) throws IOException {
        lock.lock();
        try {
            file.write((long) sector * Watermark.SECTOR, new byte[Watermark.SECTOR], 0, Watermark.SECTOR);
            taken.clear(sector);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
