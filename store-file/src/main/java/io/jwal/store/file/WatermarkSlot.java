package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The sector of WATERMARK that one segment has while it is written. Used by the thread that has the segment's writer. */
final class WatermarkSlot {
    private final WatermarkWriter watermark;
    private final DiskFile file;
    private final int sector;
    private final SegmentId id;
    private final ByteBuffer boot;
    private boolean otherHalf;

    WatermarkSlot(WatermarkWriter watermark, DiskFile file, int sector, SegmentId id, ByteBuffer boot) {
        this.watermark = watermark;
        this.file = file;
        this.sector = sector;
        this.id = id;
        this.boot = boot;
    }

    /**
     * Takes the sector. Both marks of the segment that had it go, or the older one of them would count again; the
     * newer one is the last to go, and it says that the segment is sealed.
     */
    void begin(boolean lastWasOtherHalf) throws IOException {
        otherHalf = !lastWasOtherHalf;
        synced(0);
        synced(0);
    }

    /** Says how much is synced. Not synced itself: whatever copy of it reaches the disk is true. */
    void synced(long length) throws IOException {
        write(new Mark(id, false, length, boot));
    }

    /** Says that the segment is sealed, and gives the sector back. */
    void sealed(long length) throws IOException {
        write(new Mark(id, true, length, boot));
        watermark.release(sector, !otherHalf);
    }

    /** Gives the sector back because the segment is no more, or never was. */
    void forget() throws IOException {
        watermark.clear(sector);
    }

    private void write(Mark mark) throws IOException {
        long at = (long) sector * Watermark.SECTOR + (otherHalf ? Watermark.OTHER_HALF : 0);
        file.write(at, mark.encode(), 0, Mark.BYTES);
        otherHalf = !otherHalf;
    }
}
