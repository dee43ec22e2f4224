package io.jwal.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The file of a register, and the checksum that its content ends with. */
public final class RegisterBytes {
    private static final int HEADER = 32;
    private static final int LENGTH_AT = 24;
    private static final int CRC_AT = 28;

    private RegisterBytes() {}

    /** What the register holds. */
    public static byte[] content(byte[] file) {
        return Arrays.copyOfRange(file, HEADER, file.length);
    }

    /** The same file with another content, whose own checksum stays as it is. */
    public static byte[] withContent(byte[] file, byte[] content) {
        byte[] changed = Arrays.copyOf(file, HEADER + content.length);
        System.arraycopy(content, 0, changed, HEADER, content.length);
        Bytes.of(changed).putInt(LENGTH_AT, content.length).putInt(CRC_AT, envelopeCrc(changed));
        return changed;
    }

    /** The checksum that a register's file must have. */
    static int envelopeCrc(byte[] file) {
        byte[] checked = new byte[file.length - Integer.BYTES];
        System.arraycopy(file, 0, checked, 0, CRC_AT);
        System.arraycopy(file, HEADER, checked, CRC_AT, file.length - HEADER);
        return Bytes.crc(checked, 0, checked.length);
    }

    /** Writes the right length and checksum into the content of {@code manifest} or {@code state}. */
    public static byte[] sealed(byte[] content) {
        ByteBuffer out = Bytes.of(content.clone());
        int crcAt = content.length - Integer.BYTES;
        out.putInt(12, content.length);
        return out.putInt(crcAt, Bytes.crc(out.array(), 0, crcAt)).array();
    }
}
