package io.jwal.core.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What precedes the entries of one commit: {@value #BYTES} bytes on a multiple of 8.
 *
 * @param bodyCrc CRC32C of the body
 * @param bodyBytes length of the body: all entries with their lengths and checks, without padding
 * @param count how many entries
 * @param firstIndex index of the first of them
 * @param durableIndex the last index of the log whose sync had returned when this batch was handed to the store
 * @param time when it was committed, in milliseconds since 1970
 */
public record BatchHeader(int bodyCrc, int bodyBytes, int count, long firstIndex, long durableIndex, long time) {
    /** Its length. */
    public static final int BYTES = 40;

    private static final int CHECK_BYTES = 4;

    /** Index of the last entry. */
    public long lastIndex() {
        return firstIndex + count - 1;
    }

    /** Length of header, body and the padding to the next batch. */
    public long paddedBytes() {
        return Layout.align((long) BYTES + bodyBytes);
    }

    /** Writes the header at the start of an array, for a batch that lies at an offset of a segment. */
    public void encode(byte[] target, long salt, long offset) {
        ByteBuffer out = ByteBuffer.wrap(target, 0, BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.position(CHECK_BYTES);
        out.putInt(bodyCrc).putInt(bodyBytes).putInt(count);
        out.putLong(firstIndex).putLong(durableIndex).putLong(time);
        out.putInt(0, Checks.check(target, CHECK_BYTES, BYTES - CHECK_BYTES, salt, offset));
    }

    /**
     * Reads a header.
     *
     * @param bytes little-endian; the header begins at {@code at}
     * @param salt the segment's salt
     * @param offset where in the segment it lies
     * @return the header, or null if what is there does not verify
     */
    public static @Nullable BatchHeader decode(ByteBuffer bytes, int at, long salt, long offset) {
        int bodyBytes = bytes.getInt(at + 8);
        int count = bytes.getInt(at + 12);
        long firstIndex = bytes.getLong(at + 16);
        // Refuses nearly everything that is no header without the cost of a checksum.
        if (count < 1
                || count > Layout.MAX_ENTRIES
                || bodyBytes < (long) count * Layout.ENTRY_HEADER_BYTES
                || firstIndex < 1
                || firstIndex > Long.MAX_VALUE - count) {
            return null;
        }
        ByteBuffer checked = bytes.slice(at + CHECK_BYTES, BYTES - CHECK_BYTES);
        if (bytes.getInt(at) != Checks.check(checked, salt, offset)) {
            return null;
        }
        return new BatchHeader(
                bytes.getInt(at + 4), bodyBytes, count, firstIndex, bytes.getLong(at + 24), bytes.getLong(at + 32));
    }
}
