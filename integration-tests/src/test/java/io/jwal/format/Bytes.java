package io.jwal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Format 1 as {@code docs/format.md} writes it down, once more and apart from the engine, to judge it and to forge. */
public final class Bytes {
    private Bytes() {}

    /** A view of an array whose changes are the array's, little-endian. */
    public static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** CRC32C of a part of an array. */
    public static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** The page's {@code mix32}. */
    public static int mix32(long salt, long place, int length) {
        long a = (salt ^ place) * 0xBF58476D1CE4E5B9L;
        long b = a ^ (a >>> 32);
        long c = (b + length) * 0x94D049BB133111EBL;
        long d = (c ^ (c >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (d >>> 32);
    }

    /** The page's {@code check}. */
    public static int check(byte[] bytes, int from, int length, long salt, long place) {
        return crc(bytes, from, length) ^ mix32(salt, place, length);
    }

    /** The next multiple of 8. */
    public static int align(int position) {
        return (position + 7) & -8;
    }
}
