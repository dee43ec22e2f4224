package io.jwal.store.tiered;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.StoreCorruptException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the registers of this store begin and end with: magic (8 bytes), format version (4), length of the whole (4); at
 * the end a CRC32C of all before. The same as those of the engine, so that every version finds them in the same places.
 *
 * @param name the register's name
 * @param magic its first eight bytes
 * @param newest the newest version of its format that is known here
 */
record RegisterFrame(String name, long magic, int newest) {
    private static final int VERSION_AT = 8;
    private static final int HEAD_BYTES = 16;
    private static final int CRC_BYTES = 4;

    /** A buffer for a body of so many bytes, head written; of the oldest version that can say what it says. */
    ByteBuffer begin(int version, int bodyBytes) {
        int length = HEAD_BYTES + bodyBytes + CRC_BYTES;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(magic)
                .putInt(version)
                .putInt(length);
    }

    /** Ends what {@link #begin} began. */
    ByteBuffer end(ByteBuffer content) {
        return content.putInt(crc(content)).flip();
    }

    /**
     * The body of a register that was read.
     *
     * @throws StoreCorruptException if it is damaged
     */
    ByteBuffer body(ByteBuffer content) throws StoreCorruptException {
        ByteBuffer in = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < HEAD_BYTES + CRC_BYTES || in.getLong() != magic) {
            throw corrupt("it does not begin like one (" + content.remaining() + " bytes)", null);
        }
        int version = in.getInt();
        int length = in.getInt();
        if (version < 1 || length != in.limit()) {
            throw corrupt("it says it is " + length + " bytes of version " + version + ", found " + in.limit(), null);
        }
        in.position(length - CRC_BYTES);
        int expected = crc(in);
        if (in.getInt() != expected) {
            throw corrupt("its checksum does not match", null);
        }
        if (version > newest) {
            throw new UnsupportedFormatException("the register \"" + name + "\"", version, newest);
        }
        return in.position(HEAD_BYTES).limit(length - CRC_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The version of a register whose {@link #body} was read. */
    static int version(ByteBuffer content) {
        return content.slice().order(ByteOrder.LITTLE_ENDIAN).getInt(VERSION_AT);
    }

    /** What is thrown for a register that is damaged. */
    StoreCorruptException corrupt(String what, @Nullable Throwable cause) {
        String message = "the register \"" + name + "\" is damaged: " + what
                + "; restore this register from a backup, nothing else was touched";
        return cause == null ? new StoreCorruptException(message) : new StoreCorruptException(message, cause);
    }

    private static int crc(ByteBuffer upToPosition) {
        CRC32C crc = new CRC32C();
        crc.update(upToPosition.duplicate().flip());
        return (int) crc.getValue();
    }
}
