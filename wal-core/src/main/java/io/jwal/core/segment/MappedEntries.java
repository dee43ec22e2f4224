package io.jwal.core.segment;

import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.format.Trailer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a sealed segment that lies in memory, index and all: the shortest way to one of them. Small entries are
 * read so fast that counting users would cost more, so nobody acquires it; the memory is valid for as long as somebody
 * holds it. Safe for many threads.
 */
public final class MappedEntries {
    private final long salt;
    private final long firstIndex;
    private final int indexAt;

    /** Null once the segment was let go, so that who still holds this holds no memory. A race costs nothing. */
    private @Nullable ByteBuffer segment;

    MappedEntries(long salt, Trailer trailer, ByteBuffer segment) {
        this.salt = salt;
        this.firstIndex = trailer.firstIndex();
        this.indexAt = trailer.indexOffset();
        this.segment = segment;
    }

    /**
     * Reads an entry of the segment into a new array and verifies it.
     *
     * @return null if that is not so simple: {@link ReadableSegment#read} knows why
     */
    public byte @Nullable [] read(long entry) {
        ByteBuffer bytes = segment;
        if (bytes == null) {
            return null;
        }
        int offset = bytes.getInt(indexAt + (int) (entry - firstIndex) * Integer.BYTES);
        int most = indexAt - offset - Layout.ENTRY_HEADER_BYTES;
        if (offset < SegmentHeader.BYTES || most < 0) {
            return null;
        }
        int length = bytes.getInt(offset);
        if (length < 0 || length > most) {
            return null;
        }
        byte[] copy = new byte[length];
        bytes.get(offset + Layout.ENTRY_HEADER_BYTES, copy);
        return Checks.check(copy, 0, length, salt, entry) == bytes.getInt(offset + Integer.BYTES) ? copy : null;
    }

    void release() {
        segment = null;
    }
}
