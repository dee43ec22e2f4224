package io.jwal.store.s3.format;

import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a part begins with. A part without data is a fence: nobody can add a part behind it any more.
 *
 * @param segment the segment that it belongs to
 * @param number its number, from 1 up
 * @param epoch of a fence the epoch of the writer that put it there, as far as it knew; of data that of the segment
 * @param nonce whose it is; the same in every try
 * @param position where its data begins in the segment
 * @param synced up to where in the segment a sync was asked for and all parts were known to be stored when this one was
 *     sent
 * @param bytes the length of its data; 0 for a fence
 */
public record PartHeader(
        SegmentId segment, int number, long epoch, Nonce nonce, long position, long synced, int bytes) {
    /** The length of the header itself, which is that of a whole fence. Checksums of the data's blocks follow. */
    public static final int BYTES = 80;

    private static final long MAGIC = 0x315452_41504C_574AL; // "JWLPART1", little-endian
    private static final int CRC_AT = BYTES - Integer.BYTES;

    /** Whether it is a fence. */
    public boolean isFence() {
        return bytes == 0;
    }

    /**
     * Where the data begins in the object.
     *
     * @return a number of bytes
     */
    public int dataOffset() {
        return BYTES + BlockChecksums.encodedBytes(bytes);
    }

    /**
     * Where its data ends in the segment.
     *
     * @return a position in the segment
     */
    public long end() {
        return position + bytes;
    }

    /**
     * The bytes in front of the data.
     *
     * @param checksums of the data
     * @return header and checksums
     */
    public ByteBuffer encode(BlockChecksums checksums) {
        ByteBuffer target = ByteBuffer.allocate(dataOffset()).order(ByteOrder.LITTLE_ENDIAN);
        target.putLong(MAGIC)
                .putLong(segment.epoch())
                .putInt(segment.sequence())
                .putInt(number);
        target.putLong(epoch);
        nonce.encode(target);
        target.putLong(position).putLong(synced).putLong(bytes).putInt(0);
        target.position(BYTES);
        checksums.encode(target);
        target.putInt(CRC_AT, crc(target));
        return target.flip();
    }

    private static int crc(ByteBuffer all) {
        CRC32C crc = new CRC32C();
        crc.update(all.duplicate().position(0).limit(CRC_AT));
        crc.update(all.duplicate().position(BYTES).limit(all.capacity()));
        return (int) crc.getValue();
    }

    /**
     * A header and the checksums behind it.
     *
     * @param header the header
     * @param checksums of the data's blocks
     */
    public record Decoded(PartHeader header, BlockChecksums checksums) {}

    /**
     * How many bytes from the start of a part are needed to decode its header.
     *
     * @param start the first {@link #BYTES} of it, at least; not consumed
     * @return a number of bytes, or -1 if this is no part
     */
    public static int headBytes(ByteBuffer start) {
        ByteBuffer source = start.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = source.position();
        if (source.remaining() < BYTES || source.getLong(at) != MAGIC) {
            return -1;
        }
        long bytes = source.getLong(at + 64);
        return bytes < 0 || bytes > Integer.MAX_VALUE - BlockChecksums.BLOCK
                ? -1
                : BYTES + BlockChecksums.encodedBytes(bytes);
    }

    /**
     * Reads a header.
     *
     * @param start the first {@link #headBytes} of a part, at least; not consumed
     * @return the header, or null if it does not verify
     */
    public static @Nullable Decoded decode(ByteBuffer start) {
        int length = headBytes(start);
        if (length < 0 || length > start.remaining()) {
            return null;
        }
        ByteBuffer source = start.slice(start.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        if (source.getInt(CRC_AT) != crc(source)) {
            return null;
        }
        source.position(Long.BYTES);
        long segmentEpoch = source.getLong();
        int sequence = source.getInt();
        int number = source.getInt();
        long epoch = source.getLong();
        Nonce nonce = Nonce.decode(source);
        long position = source.getLong();
        long synced = source.getLong();
        int bytes = (int) source.getLong();
        if (segmentEpoch < 1 || sequence < 1 || number < 1 || position < 0 || synced < 0 || synced > position) {
            return null;
        }
        source.position(BYTES);
        return new Decoded(
                new PartHeader(new SegmentId(segmentEpoch, sequence), number, epoch, nonce, position, synced, bytes),
                BlockChecksums.decode(source, BlockChecksums.count(bytes)));
    }
}
