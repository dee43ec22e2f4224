package io.jwal.core.commit;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.segment.BatchWalk;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.ReadableSegment;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Copies entries of one segment to the end of others, with the same indexes, times and batches. The copies are neither
 * synced nor named when it returns.
 */
public final class SegmentCopy {
    private final BatchBuffer buffer = new BatchBuffer();
    private final Target target;
    private final long durableIndex;

    /** Says where the next batch goes. */
    @FunctionalInterface
    public interface Target {
        /** The segment for a batch of so many bytes; a full one before it is done with. */
        SegmentAppender next(long batchBytes) throws IOException;
    }

    /**
     * A copy to somewhere.
     *
     * @param durableIndex what the copied batches claim to be durable
     */
    public SegmentCopy(Target target, long durableIndex) {
        this.target = target;
        this.durableIndex = durableIndex;
    }

    /**
     * Copies a range.
     *
     * @param source the segment, acquired by the caller
     * @param first the first index to copy, inclusive
     * @param last the last one, inclusive
     * @throws io.jwal.CorruptLogException if one of them is damaged
     */
    public void copy(ReadableSegment source, long first, long last) throws IOException {
        BatchWalk walk = new BatchWalk(source);
        long next = first;
        while (next <= last) {
            BatchHeader header = walk.seek(next);
            if (header == null) {
                throw Damage.entry(source.id(), walk.offset(), next, "the header of its batch does not verify", null);
            }
            long to = Math.min(last, header.lastIndex());
            for (long index = next; index <= to; index++) {
                ByteBuffer content = source.view(index);
                BatchBuffer.Place place = buffer.reserve(1, content.remaining());
                BatchBuffer.fill(place, place.at(), content);
            }
            target.next(buffer.paddedBytes()).append(buffer, next, durableIndex, header.time(), false);
            buffer.reset();
            next = to + 1;
        }
    }
}
