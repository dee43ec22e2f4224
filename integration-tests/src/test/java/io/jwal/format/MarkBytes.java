package io.jwal.format;

import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;

/** The marks of WATERMARK. */
public final class MarkBytes {
    /** One mark's place. */
    public static final int SECTOR = 512;

    private static final int BYTES = 64;
    private static final int CRC_AT = 60;
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
        for (int at = 0; at + BYTES <= changed.length; at += SECTOR) {
            if (out.getLong(at) == MAGIC) {
                out.put(at + 32, boot);
                out.putInt(at + CRC_AT, Bytes.crc(changed, at, CRC_AT));
            }
        }
        return changed;
    }

    /** Where the mark of a segment stands, or -1. */
    public static int sectorOf(byte[] watermark, SegmentId id) {
        ByteBuffer in = Bytes.of(watermark);
        for (int at = 0; at + BYTES <= watermark.length; at += SECTOR) {
            if (in.getLong(at) == MAGIC && in.getLong(at + 8) == id.epoch() && in.getInt(at + 16) == id.sequence()) {
                return at / SECTOR;
            }
        }
        return -1;
    }
}
