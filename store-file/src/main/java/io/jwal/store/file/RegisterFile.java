package io.jwal.store.file;

import io.jwal.store.Register;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The bytes of a register's file, little-endian:
 *
 * <pre>
 *  0  u64  magic "JWLREGF1"
 *  8  u64  nonce: a random number of the claim that wrote it
 * 16  u64  write number within that claim, from 1
 * 24  u32  length of the content
 * 28  u32  CRC32C of bytes 0 to 27, then of the content
 * 32  the content
 * </pre>
 *
 * <p>Nonce and write number are the version: two writes never share one, whatever they wrote.
 */
final class RegisterFile {
    static final int MAX_CONTENT = 16 << 20;
    static final int HEADER = 32;

    private static final long MAGIC = 0x31464745524C574AL; // "JWLREGF1", little-endian
    private static final int CRC_AT = 28;
    private static final HexFormat HEX = HexFormat.of();

    private RegisterFile() {}

    /** Puts a value into its bytes; the content is consumed. */
    static byte[] encode(long nonce, long number, ByteBuffer content) {
        int length = content.remaining();
        ByteBuffer out = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putLong(nonce).putLong(number).putInt(length);
        out.position(HEADER).put(content);
        return out.putInt(CRC_AT, crc(out.array(), length)).array();
    }

    /** Reads a value out of its bytes. */
    static Register decode(byte[] bytes, String where) throws StoreCorruptException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER || in.getLong() != MAGIC) {
            throw damaged(where, "it does not begin like one (" + bytes.length + " bytes)");
        }
        long nonce = in.getLong();
        long number = in.getLong();
        int length = in.getInt();
        if (length < 0 || length != bytes.length - HEADER) {
            throw damaged(where, "it says " + length + " bytes of content and has " + (bytes.length - HEADER));
        }
        if (in.getInt() != crc(bytes, length)) {
            throw damaged(where, "its checksum does not match");
        }
        Version version = new Version(HEX.toHexDigits(nonce) + "-" + Long.toUnsignedString(number));
        return new Register(version, in.slice().asReadOnlyBuffer());
    }

    private static StoreCorruptException damaged(String where, String why) {
        return new StoreCorruptException("the register " + where + " is damaged: " + why
                + "; check the disk, and restore the file from a backup");
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        crc.update(bytes, HEADER, length);
        return (int) crc.getValue();
    }
}
