package io.jwal.store.s3.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The value of a register as an object. No two writes of a register are alike, so that an entity tag names one write.
 *
 * @param opener who wrote it
 * @param write which of the opener's writes it was
 * @param content the value, from position to limit
 */
public record RegisterObject(Nonce opener, long write, ByteBuffer content) {
    /** The longest value of a register. */
    public static final int MAX_CONTENT = 16 << 20;

    /** The length of the longest object. */
    public static final int MAX_BYTES = MAX_CONTENT + 48;

    private static final int HEADER_BYTES = 48;
    private static final long MAGIC = 0x31474552_534C574AL; // "JWLSREG1", little-endian
    private static final int CRC_AT = 40;
    private static final int RESERVED_AT = 44;

    /**
     * Whether the same opener wrote both in the same write.
     *
     * @param other another value
     * @return true if every retry of one write would look like both
     */
    public boolean isSameWrite(RegisterObject other) {
        return opener.equals(other.opener) && write == other.write;
    }

    /**
     * The object's bytes.
     *
     * @return header and content
     */
    public ByteBuffer encode() {
        ByteBuffer target =
                ByteBuffer.allocate(HEADER_BYTES + content.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        target.putLong(MAGIC);
        opener.encode(target);
        target.putLong(write).putLong(content.remaining()).putLong(0);
        target.put(content.duplicate());
        target.flip();
        target.putInt(CRC_AT, crc(target));
        return target;
    }

    private static int crc(ByteBuffer all) {
        CRC32C crc = new CRC32C();
        crc.update(all.duplicate().position(0).limit(CRC_AT));
        crc.update(all.duplicate().position(HEADER_BYTES).limit(all.limit()));
        return (int) crc.getValue();
    }

    /**
     * Reads a register's object.
     *
     * @param bytes all of it, from position 0 to limit
     * @return the value, or null if it does not verify
     */
    public static @Nullable RegisterObject decode(ByteBuffer bytes) {
        ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (source.remaining() < HEADER_BYTES
                || source.getLong() != MAGIC
                || source.getInt(CRC_AT) != crc(source)
                || source.getInt(RESERVED_AT) != 0
                || source.getLong(32) != source.limit() - HEADER_BYTES) {
            return null;
        }
        Nonce opener = Nonce.decode(source);
        long write = source.getLong();
        return new RegisterObject(opener, write, source.position(HEADER_BYTES).slice());
    }
}
