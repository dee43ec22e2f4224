package io.jwal.core.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The last {@value #BYTES} bytes of a sealed segment. Derived from the batches, so it may be rebuilt; the manifest's
 * range wins over it.
 *
 * @param count how many entries the segment holds
 * @param firstIndex index of the first of them
 * @param firstTime time of the first batch, in milliseconds since 1970
 * @param lastTime time of the last batch
 * @param indexOffset where the batches end and the index begins
 * @param points how many points the index holds
 * @param indexCrc CRC32C of the whole index
 */
public record Trailer(
        int count, long firstIndex, long firstTime, long lastTime, int indexOffset, int points, int indexCrc) {
    /** Its length. */
    public static final int BYTES = 80;

    private static final long MAGIC = 0x31444E454C41574AL; // "JWALEND1"
    private static final int CHECK_AT = BYTES - 4;

    /** Index of the last entry. */
    public long lastIndex() {
        return firstIndex + count - 1;
    }

    /** Where the points of the index begin, from the start of the segment. */
    public long pointsOffset() {
        return indexOffset + Layout.align((long) count * Integer.BYTES);
    }

    /** Where the trailer begins, from the start of the segment. */
    public long offset() {
        return pointsOffset() + (long) points * BatchPoint.BYTES;
    }

    /** The trailer as bytes. */
    public ByteBuffer encode(long salt) {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(Layout.VERSION).putInt(count);
        out.putLong(firstIndex).putLong(lastIndex()).putLong(firstTime).putLong(lastTime);
        out.putInt(indexOffset).putInt(points).putInt(indexCrc);
        return out.putInt(CHECK_AT, Checks.check(out.array(), 0, CHECK_AT, salt, offset()))
                .rewind();
    }

    /**
     * Reads a trailer.
     *
     * @param bytes the last {@value #BYTES} bytes of the segment
     * @param salt the segment's salt
     * @param segmentBytes the segment's length
     * @return the trailer, or null if it does not verify
     */
    public static @Nullable Trailer decode(ByteBuffer bytes, long salt, long segmentBytes) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() != BYTES || in.getLong() != MAGIC || in.getInt() != Layout.VERSION) {
            return null;
        }
        int count = in.getInt();
        long first = in.getLong();
        long last = in.getLong();
        Trailer trailer = new Trailer(count, first, in.getLong(), in.getLong(), in.getInt(), in.getInt(), in.getInt());
        boolean verifies = count >= 1
                && last == trailer.lastIndex()
                && trailer.indexOffset > SegmentHeader.BYTES
                && trailer.points >= 1
                && trailer.offset() + BYTES == segmentBytes
                && in.getInt(CHECK_AT) == Checks.check(in.slice(0, CHECK_AT), salt, trailer.offset());
        return verifies ? trailer : null;
    }
}
