package io.jwal.store.file;

import java.io.IOException;

/**
 * The space of a segment's file that is set aside with zeros, so that an append within it changes no length: then a sync
 * is one write of the disk, without a commit of the file system's journal. The zeros are real, not a hole, for the same
 * reason. An append of 64 KiB or more that ends behind it makes the file longer, each one anew: nothing is set aside
 * behind such an append, because the zeros would cost more than the journal.
 */
final class ZeroedSpace {
    private static final int PAGE = 4 << 10;
    private static final long MIN_STEP = 64 << 10;

    /** The append that finds no space waits for it. */
    private static final long MAX_STEP = 1 << 20;

    /** About what a disk writes while the journal commits; more zeros for each append would cost more than they spare. */
    private static final long LARGE_APPEND = 64 << 10;

    /** No more is set aside at once, whatever is expected. */
    private static final long MAX_AT_ONCE = 256 << 20;

    /** Written and synced in parts, so that the syncs of others, behind it in the disk's queue, wait only for a part. */
    private static final int PART = 1 << 20;

    private static final byte[] ZEROS = new byte[256 << 10];

    private final Disk disk;
    private final DiskFile file;
    private final Counters counters;
    private final boolean wanted;
    private long end;
    private boolean full;
    private boolean scarce;

    ZeroedSpace(Disk disk, DiskFile file, boolean wanted, Counters counters) {
        this.disk = disk;
        this.file = file;
        this.wanted = wanted;
        this.counters = counters;
    }

    /** Whether there was no room for all that was to be set aside at the beginning. */
    boolean isScarce() {
        return scarce;
    }

    /** What the disk has left for everything. */
    long left() {
        return disk.usableBytes();
    }

    /** Tries again, because there may be room now. */
    void retry(long expected) throws IOException {
        full = false;
        begin(expected);
    }

    /** Whether no more space will be set aside behind an append that ends there. */
    boolean suffices(long position, long appended) {
        return position <= end || !grows() || appended >= LARGE_APPEND;
    }

    private boolean grows() {
        return wanted && !full;
    }

    /** Whether the file is longer than what was appended. */
    boolean exceeds(long position) {
        return end > position;
    }

    /**
     * Sets space aside for a new segment, synced: no more than what is left then for everything else, or the segment that
     * is still being written would meet a full disk for the sake of one that nobody writes yet.
     */
    void begin(long expected) throws IOException {
        long goal = Math.min(pages(expected), MAX_AT_ONCE);
        while (grows() && end < goal && end < disk.usableBytes()) {
            zero(end, Math.min(goal, end + PART));
            file.sync();
            counters.syncs.increment();
        }
        scarce = wanted && end < goal;
    }

    /** Sets more space aside behind bytes that were appended past the end of it, if it pays. The next sync covers it. */
    void growBehind(long position, long appended) throws IOException {
        if (!suffices(position, appended)) {
            long step = Math.max(MIN_STEP, Math.min(position, MAX_STEP));
            zero(position, pages(position + step));
        }
        end = Math.max(end, position);
    }

    private void zero(long from, long to) throws IOException {
        end = from;
        try {
            while (end < to) {
                int some = (int) Math.min(to - end, ZEROS.length);
                file.write(end, ZEROS, 0, some);
                end += some;
                counters.bytesPreallocated.add(some);
            }
        } catch (IOException e) {
            if (!disk.isFull(e)) {
                throw e;
            }
            // What is there can still be filled; only an append that finds no room has failed.
            full = true;
            end = Math.max(from, file.length());
        }
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }
}
