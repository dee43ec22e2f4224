package io.jwal.core.segment;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A view that moves over a segment, so that a scan asks the store once per {@value #BYTES} bytes and not once per
 * batch. Belongs to one thread.
 */
public final class SegmentWindow {
    /** How much is fetched at once, unless more is asked for. */
    public static final int BYTES = 1 << 20;

    private final SegmentReader reader;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long start;

    /** A window over what a reader reads. */
    public SegmentWindow(SegmentReader reader) {
        this.reader = reader;
    }

    /**
     * Makes a range available in {@link #buffer()}.
     *
     * @param position where the range begins in the segment
     * @param length how long it is
     * @param limit the end of what may be fetched, at least {@code position + length}
     * @return where the range begins in the buffer
     * @throws java.io.EOFException if the segment ends before the limit
     */
    public int load(long position, int length, long limit) throws IOException {
        if (position < start || position + length > start + buffer.limit()) {
            int fetch = Math.max(length, (int) Math.min(BYTES, limit - position));
            buffer = fetch(position, length, fetch).order(ByteOrder.LITTLE_ENDIAN);
            start = position;
        }
        return (int) (position - start);
    }

    private ByteBuffer fetch(long position, int length, int most) throws IOException {
        try {
            return reader.slice(position, most);
        } catch (StoreCorruptException e) {
            if (most == length) {
                throw e;
            }
            return reader.slice(position, length); // the damage may lie further on, and hurts nothing before it
        }
    }

    /** What was fetched last; little-endian, read-only. */
    public ByteBuffer buffer() {
        return buffer;
    }
}
