package io.jwal.format;

import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;

/** The marks of WATERMARK, two to a sector. */
public final class MarkBytes {
    /** One mark's place. */
    public static final int SECTOR = 512;

    private static final int HALF = 256;
    private static final int BYTES = 64;
    private static final int CRC_AT = 60;
    private static final int SEALED = 2;
    private static final long MAGIC = 0x314B52414D4C574AL;

    private MarkBytes() {}

    /** Writes the mark of an open segment into a sector. */
    public static void open(byte[] watermark, int sector, SegmentId id, long synced, byte[] boot) {
        ByteBuffer out = Bytes.of(watermark);
        int at = sector * SECTOR;
        out.position(at);
        out.putLong(MAGIC).putLong(id.epoch()).putInt(id.sequence()).putInt(1).putLong(synced);
        out.put(boot).put(new byte[CRC_AT - 48]);
        out.putInt(Bytes.crc(watermark, at, CRC_AT));
    }

    /** The same marks, written in another boot. */
    public static byte[] inBoot(byte[] watermark, byte[] boot) {
        byte[] changed = watermark.clone();
        ByteBuffer out = Bytes.of(changed);
        for (int at = 0; at + BYTES <= changed.length; at += HALF) {
            if (out.getLong(at) == MAGIC) {
                out.put(at + 32, boot);
                out.putInt(at + CRC_AT, Bytes.crc(changed, at, CRC_AT));
            }
        }
        return changed;
    }

    /** Where the first mark of a sealed segment begins. */
    public static int firstSealed(byte[] watermark) {
        ByteBuffer in = Bytes.of(watermark);
        int at = 0;
        while (in.getLong(at) != MAGIC || in.getInt(at + 20) != SEALED) {
            at += HALF;
        }
        return at;
    }
}
