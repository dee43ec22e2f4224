package io.jwal.store.file;

import java.io.IOException;

/**
 * The space of a segment's file that is set aside with zeros, so that an append changes no length: then a sync is one
 * write of the disk, without a commit of the file system's journal. The zeros are real, not a hole, for the same
 * reason.
 */
final class ZeroedSpace {
    private static final int PAGE = 4 << 10;
    private static final long MIN_STEP = 64 << 10;
    private static final long MAX_STEP = 16 << 20;

    /** No more is set aside at once, whatever is expected. */
    private static final long MAX_AT_ONCE = 256 << 20;

    /** Written and synced in parts, so that the syncs of others need not wait for all of it. */
    private static final int PART = 4 << 20;

    private static final byte[] ZEROS = new byte[256 << 10];

    private final Disk disk;
    private final DiskFile file;
    private final Counters counters;
    private final boolean wanted;
    private long end;
    private boolean full;

    ZeroedSpace(Disk disk, DiskFile file, boolean wanted, Counters counters) {
        this.disk = disk;
        this.file = file;
        this.wanted = wanted;
        this.counters = counters;
    }

    /** Whether there was no room for all that was to be set aside. */
    boolean isFull() {
        return full;
    }

    /** Tries again, because there may be room now. */
    void retry(long expected) throws IOException {
        full = false;
        begin(expected);
    }

    /** Whether an append that ends there changes the file's length. */
    boolean covers(long position) {
        return position <= end || !grows();
    }

    private boolean grows() {
        return wanted && !full;
    }

    /** Whether the file is longer than what was appended. */
    boolean exceeds(long position) {
        return end > position;
    }

    /** Sets space aside for a new segment, synced. */
    void begin(long expected) throws IOException {
        long goal = Math.min(pages(expected), MAX_AT_ONCE);
        while (grows() && end < goal) {
            zero(end, Math.min(goal, end + PART));
            file.sync();
            counters.syncs.increment();
        }
    }

    /** Sets more space aside behind bytes that were appended past the end of it. The next sync covers it. */
    void growBehind(long position) throws IOException {
        if (grows() && position > end) {
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
