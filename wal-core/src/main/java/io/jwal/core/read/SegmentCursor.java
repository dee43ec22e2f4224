package io.jwal.core.read;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.segment.BatchWalk;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.core.segment.SegmentIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the entries of one segment. A batch is verified once as a whole; where that fails, or it is too large for
 * a view, its entries are verified one by one, so that damage costs only what it hit.
 */
final class SegmentCursor {
    private final ReadableSegment segment;
    private final long last;
    private final BatchWalk walk;
    private @Nullable BatchHeader batch;
    private @Nullable ByteBuffer body;
    private int bodyPosition;
    private long bodyNext;
    private long time;
    private ByteBuffer entry = ByteBuffer.allocate(0);

    /**
     * A cursor over a segment that the caller has acquired; {@link #release} lets go of it.
     *
     * @param last the last index of it that belongs to the log; it may hold more
     */
    SegmentCursor(ReadableSegment segment, long last) {
        this.segment = segment;
        this.last = last;
        this.walk = new BatchWalk(segment);
    }

    boolean holds(long index) {
        SegmentIndex there = segment.index();
        return there.firstIndex() != 0 && there.firstIndex() <= index && index <= Math.min(last, there.lastIndex());
    }

    /** Stands on an entry of the segment. */
    void load(long index) throws IOException {
        BatchHeader now = batch;
        if (now == null || index > now.lastIndex() || index < now.firstIndex()) {
            now = walk.seek(index);
            body = now == null ? null : walk.verifiedBody();
            bodyPosition = 0;
            bodyNext = now == null ? 0 : now.firstIndex();
            batch = now;
        }
        ByteBuffer verified = body;
        ByteBuffer found = verified != null && index >= bodyNext ? fromBody(verified, index) : null;
        entry = found == null ? segment.view(index) : found;
        time = now == null ? segment.index().pointAt(index).time() : now.time();
    }

    /** An entry of a body whose checksum is right; null if its lengths are not, whoever wrote them. */
    private @Nullable ByteBuffer fromBody(ByteBuffer verified, long index) {
        while (bodyPosition + Layout.ENTRY_HEADER_BYTES <= verified.limit()) {
            int length = verified.getInt(bodyPosition);
            int start = bodyPosition + Layout.ENTRY_HEADER_BYTES;
            if (length < 0 || length > verified.limit() - start) {
                break;
            }
            bodyPosition = start + length;
            if (bodyNext++ == index) {
                return verified.slice(start, length);
            }
        }
        body = null;
        return null;
    }

    long time() {
        return time;
    }

    ByteBuffer entry() {
        return entry;
    }

    void release() {
        segment.release();
    }
}
