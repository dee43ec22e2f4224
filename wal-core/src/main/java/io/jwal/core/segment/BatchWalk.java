package io.jwal.core.segment;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Checks;
import io.jwal.core.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Goes from batch to batch of a segment and finds the one that holds an entry. Belongs to one thread.
 */
public final class BatchWalk {
    /** Twice what a commit gathers by default: one pass over a body is far cheaper than a checksum for each entry. */
    private static final int MAX_BODY_BYTES = 8 << 20;

    private final ReadableSegment segment;
    private final SegmentWindow window;
    private @Nullable BatchHeader header;
    private long offset;

    /** A walk over a segment, which stays acquired by the caller. */
    public BatchWalk(ReadableSegment segment) {
        this.segment = segment;
        this.window = new SegmentWindow(segment.reader());
    }

    /** The segment that is walked over. */
    public ReadableSegment segment() {
        return segment;
    }

    /** The batch that was found last, or null. */
    public @Nullable BatchHeader header() {
        return header;
    }

    /** Where that batch lies. */
    public long offset() {
        return offset;
    }

    /**
     * Finds the batch that holds an entry of the segment.
     *
     * @return its header, or null if it does not verify, or one on the way there does not
     */
    public @Nullable BatchHeader seek(long index) throws IOException {
        BatchHeader now = header;
        if (now == null || index < now.firstIndex()) {
            offset = segment.index().pointAt(index).offset();
            now = headerAt(offset);
        }
        while (now != null && index > now.lastIndex()) {
            offset += now.paddedBytes();
            now = headerAt(offset);
        }
        header = now != null && index >= now.firstIndex() ? now : null;
        return header;
    }

    private @Nullable BatchHeader headerAt(long at) throws IOException {
        long end = segment.index().end();
        if (at < SegmentHeader.BYTES || at + BatchHeader.BYTES > end) {
            return null;
        }
        int in = window.load(at, BatchHeader.BYTES, end);
        BatchHeader found = BatchHeader.decode(window.buffer(), in, segment.salt(), at);
        return found != null && at + BatchHeader.BYTES + found.bodyBytes() <= end ? found : null;
    }

    /**
     * The body of the batch found last, verified, if it is not too large to be looked at as a whole.
     *
     * @return a view; null if it is too large, or does not verify
     */
    public @Nullable ByteBuffer verifiedBody() throws IOException {
        BatchHeader now = header;
        if (now == null || now.bodyBytes() > MAX_BODY_BYTES) {
            return null;
        }
        int in = window.load(
                offset + BatchHeader.BYTES, now.bodyBytes(), segment.index().end());
        ByteBuffer body = window.buffer().slice(in, now.bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        return Checks.crc(body) == now.bodyCrc() ? body : null;
    }
}
