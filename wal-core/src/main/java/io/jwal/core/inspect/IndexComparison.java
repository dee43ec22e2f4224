package io.jwal.core.inspect;

import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.IndexEncoder;
import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Compares the index and trailer that a segment has with those that its batches make. */
final class IndexComparison {
    private static final long NONE = -1;

    private final SegmentReader reader;
    private final long end;
    private long position;
    private long difference = NONE;

    private IndexComparison(SegmentReader reader, long position, long end) {
        this.reader = reader;
        this.position = position;
        this.end = end;
    }

    /**
     * Where they differ first.
     *
     * @param index made from the batches
     * @param position where the batches end
     * @param end where the segment ends
     * @return an offset in the segment, or a negative number if they are equal
     */
    static long firstDifference(GrowingIndex index, long salt, SegmentReader reader, long position, long end)
            throws IOException {
        if (index.count() == 0) {
            return position;
        }
        IndexComparison comparison = new IndexComparison(reader, position, end);
        IndexEncoder.encode(index, salt, comparison::compare);
        return comparison.difference == NONE && comparison.position != end
                ? comparison.position
                : comparison.difference;
    }

    private void compare(ByteBuffer expected) throws IOException {
        int length = expected.remaining();
        if (difference == NONE && position + length > end) {
            difference = end;
        } else if (difference == NONE) {
            int at = expected.mismatch(reader.slice(position, length));
            difference = at < 0 ? NONE : position + at;
        }
        position += length;
    }
}
