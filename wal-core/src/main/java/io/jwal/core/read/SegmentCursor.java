package io.jwal.core.read;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.segment.BatchWalk;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.core.segment.SegmentIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
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
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;
    private int length;

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
        if (advance(index)) {
            bytes = Objects.requireNonNull(body);
        } else {
            body = null; // its lengths are wrong, whoever wrote them
            bytes = segment.view(index);
            start = 0;
            length = bytes.remaining();
        }
        time = now == null ? segment.index().pointAt(index).time() : now.time();
    }

    /**
     * Stands on an entry if it lies in a body that is verified already, at or behind the entry it stood on last. This is
     * nearly all that a scan costs, so it looks at nothing but the body.
     *
     * @return whether it does; if not, it stands where it stood
     */
    boolean advance(long index) {
        ByteBuffer verified = body;
        if (verified == null || index < bodyNext || index > last) {
            return false;
        }
        int at = bodyPosition;
        for (long here = bodyNext; at + Layout.ENTRY_HEADER_BYTES <= verified.limit(); here++) {
            int bytesThere = verified.getInt(at);
            int from = at + Layout.ENTRY_HEADER_BYTES;
            if (bytesThere < 0 || bytesThere > verified.limit() - from) {
                return false;
            }
            at = from + bytesThere;
            if (here == index) {
                bodyPosition = at;
                bodyNext = here + 1;
                start = from;
                length = bytesThere;
                return true;
            }
        }
        return false;
    }

    long time() {
        return time;
    }

    /** The bytes that the entry is a part of: {@link #length} of them from {@link #start} on. */
    ByteBuffer bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    void release() {
        segment.release();
    }
}
