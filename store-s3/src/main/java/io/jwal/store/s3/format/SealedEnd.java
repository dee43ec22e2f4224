package io.jwal.store.s3.format;

import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the object of a sealed segment ends with, behind the segment's bytes: checksums of its blocks, then these fields.
 * A reader gets it with the same request for the last bytes that brings the segment's own index.
 *
 * @param segment the segment
 * @param length the length of the segment
 * @param synced where what the parts held ends; index and trailer of the segment follow
 * @param nonce whose the object is; the same in every try
 */
public record SealedEnd(SegmentId segment, long length, long synced, Nonce nonce) {
    /** The length of the fields, which are the last bytes of the object. */
    public static final int BYTES = 64;

    private static final long MAGIC = 0x314C4145_534C574AL; // "JWLSEAL1", little-endian
    private static final int CRC_AT = 48;
    private static final int RESERVED_AT = 52;
    private static final int MAGIC_AT = 56;

    /**
     * How long it is with the checksums before it.
     *
     * @return a number of bytes
     */
    public int encodedBytes() {
        return BlockChecksums.encodedBytes(length) + BYTES;
    }

    /**
     * The bytes behind the segment.
     *
     * @param checksums of the segment
     * @return checksums and fields
     */
    public ByteBuffer encode(BlockChecksums checksums) {
        ByteBuffer target = ByteBuffer.allocate(encodedBytes()).order(ByteOrder.LITTLE_ENDIAN);
        checksums.encode(target);
        int start = target.position();
        target.putLong(segment.epoch()).putInt(segment.sequence()).putInt(0);
        target.putLong(length).putLong(synced);
        nonce.encode(target);
        target.putInt(start + CRC_AT, crc(target, start));
        target.putLong(start + MAGIC_AT, MAGIC);
        return target.clear();
    }

    private static int crc(ByteBuffer all, int fieldsAt) {
        CRC32C crc = new CRC32C();
        crc.update(all.duplicate().position(0).limit(fieldsAt + CRC_AT));
        return (int) crc.getValue();
    }

    /**
     * The end and the checksums before it.
     *
     * @param end the end
     * @param checksums of the segment's blocks
     */
    public record Decoded(SealedEnd end, BlockChecksums checksums) {}

    /**
     * Reads an end.
     *
     * @param last the last bytes of an object, enough of them for the checksums; not consumed
     * @param size the length of the whole object
     * @return the end, or null if it does not verify
     */
    public static @Nullable Decoded decode(ByteBuffer last, long size) {
        if (last.remaining() < BYTES) {
            return null;
        }
        ByteBuffer fields = last.slice(last.limit() - BYTES, BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long length = fields.getLong(16);
        if (fields.getLong(MAGIC_AT) != MAGIC || length < 0 || length > Integer.MAX_VALUE) {
            return null;
        }
        int encoded = BlockChecksums.encodedBytes(length) + BYTES;
        if (encoded > last.remaining() || size != length + encoded) {
            return null;
        }
        ByteBuffer source = last.slice(last.limit() - encoded, encoded).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(CRC_AT) != crc(source, encoded - BYTES) || fields.getInt(RESERVED_AT) != 0) {
            return null;
        }
        BlockChecksums checksums = BlockChecksums.decode(source, BlockChecksums.count(length));
        long epoch = fields.getLong();
        int sequence = fields.getInt();
        fields.position(24);
        long synced = fields.getLong();
        Nonce nonce = Nonce.decode(fields);
        if (epoch < 1 || sequence < 1 || synced < 0 || synced > length) {
            return null;
        }
        return new Decoded(new SealedEnd(new SegmentId(epoch, sequence), length, synced, nonce), checksums);
    }
}
