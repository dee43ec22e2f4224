package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The maps of one segment: contiguous from its first byte, more of them as it grows. A map is made only once a good
 * part has come to it, so that following the tail makes no map for each commit.
 */
final class SegmentMaps {
    private static final int MAX_MAP = 1 << 30;
    private static final int MIN_MAP = 256 << 10;

    /** A new map is at least this part of what is mapped already, so that their number grows with the logarithm. */
    private static final int PART = 16;

    private static final int HEAP_BYTES_PER_MAP = 200;

    private final DiskFile file;
    private final Extent extent;
    private final MappedMemory memory;
    private final SegmentId id;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Range[] ranges = {};
    private volatile boolean done;

    SegmentMaps(DiskFile file, Extent extent, MappedMemory memory, SegmentId id) {
        this.file = file;
        this.extent = extent;
        this.memory = memory;
        this.id = id;
    }

    /** A read-only view of what is mapped at a place, as far as one map goes but no longer than asked; or null. */
    @Nullable
    ByteBuffer view(long position, int length) {
        Range[] known = ranges;
        for (int i = known.length - 1; i >= 0; i--) {
            Range range = known[i];
            if (position >= range.start) {
                long there = Math.min(length, range.end() - position);
                return there <= 0 ? null : range.memory.slice((int) (position - range.start), (int) there);
            }
        }
        return null;
    }

    /** Maps what has come to a segment of this size, if it is worth a map. True when that completed the maps of a
     * complete segment. */
    boolean extend(long size) throws IOException {
        if (done || size - mapped() < (extent.isFinal() ? 1 : enough(mapped()))) {
            return false;
        }
        lock.lock();
        try {
            boolean complete = extent.isFinal();
            long end = extent.mappable(file);
            long mapped = mapped();
            while (!done && end - mapped >= (complete ? 1 : enough(mapped))) {
                int length = (int) Math.min(end - mapped, MAX_MAP);
                ByteBuffer more;
                try {
                    more = memory.map(file, id, mapped, length);
                } catch (IOException e) {
                    // Deleted meanwhile, or no address space left: the open file serves the rest.
                    done = true;
                    return false;
                }
                Range[] longer = Arrays.copyOf(ranges, ranges.length + 1);
                longer[ranges.length] = new Range(mapped, more.asReadOnlyBuffer());
                ranges = longer;
                mapped += length;
            }
            done |= complete;
            return complete && mapped == end;
        } finally {
            lock.unlock();
        }
    }

    private static long enough(long mapped) {
        return Math.max(MIN_MAP, mapped / PART);
    }

    /** Lets go of the maps; views of them stay. */
    void close() {
        lock.lock();
        try {
            done = true;
            ranges = new Range[0];
        } finally {
            lock.unlock();
        }
    }

    private long mapped() {
        Range[] known = ranges;
        return known.length == 0 ? 0 : known[known.length - 1].end();
    }

    long heapBytes() {
        return (long) ranges.length * HEAP_BYTES_PER_MAP;
    }

    private record Range(long start, ByteBuffer memory) {
        long end() {
            return start + memory.capacity();
        }
    }
}
