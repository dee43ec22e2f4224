package io.jwal.core.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Checksums of format 1: CRC32C (RFC 3720, polynomial 0x1EDC6F41) of the bytes, xor a mix of where they belong. The mix
 * binds bytes to their segment and place, so that a block that is intact but in the wrong place does not verify.
 */
public final class Checks {
    private static final long MULTIPLIER_1 = 0xBF58476D1CE4E5B9L; // of SplitMix64
    private static final long MULTIPLIER_2 = 0x94D049BB133111EBL;

    private Checks() {}

    /** The check of {@code length} bytes that belong at {@code place} (an index or an offset) of a segment. */
    public static int check(ByteBuffer bytes, long salt, long place) {
        int length = bytes.remaining();
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return bind((int) crc.getValue(), salt, place, length);
    }

    /** The same over a part of an array. */
    public static int check(byte[] bytes, int offset, int length, long salt, long place) {
        return bind(crc(bytes, offset, length), salt, place, length);
    }

    /** Turns a plain CRC32C of {@code length} bytes into the check of a place. */
    public static int bind(int crc, long salt, long place, int length) {
        return crc ^ mix32(salt, place, length);
    }

    /** Plain CRC32C. */
    public static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Plain CRC32C of a part of an array. */
    public static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Spreads salt, place and length over 32 bits (two rounds of the SplitMix64 finalizer). */
    private static int mix32(long salt, long place, int length) {
        long mixed = (salt ^ place) * MULTIPLIER_1;
        mixed ^= mixed >>> 32;
        mixed = (mixed + length) * MULTIPLIER_2;
        mixed ^= mixed >>> 29;
        mixed *= MULTIPLIER_1;
        return (int) (mixed >>> 32);
    }
}
