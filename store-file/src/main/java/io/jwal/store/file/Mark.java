package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What WATERMARK says of one segment: so many bytes of it are synced. Once written it is true for ever, because a
 * segment id is never used again, nothing shortens what was synced, and the sync came first.
 *
 * <p>Its 64 bytes, little-endian:
 *
 * <pre>
 *  0  u64  magic "JWLMARK1"
 *  8  u64  epoch of the segment's id
 * 16  u32  sequence of the segment's id
 * 20  u32  state: 1 open, 2 sealed
 * 24  u64  synced length in bytes
 * 32  16 bytes  boot id, zeros when boots cannot be told apart
 * 48  12 bytes  zeros
 * 60  u32  CRC32C of bytes 0 to 59
 * </pre>
 *
 * @param id the segment
 * @param sealed whether it is sealed; then the synced length is its length
 * @param synced how many of its bytes are durable
 * @param boot the boot in which this was written
 */
record Mark(SegmentId id, boolean sealed, long synced, ByteBuffer boot) {
    static final int BYTES = 64;

    private static final long MAGIC = 0x314B52414D4C574AL; // "JWLMARK1", little-endian
    private static final int OPEN = 1;
    private static final int SEALED = 2;
    private static final int BOOT_AT = 32;
    private static final int BOOT_BYTES = 16;
    private static final int CRC_AT = 60;

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putLong(id.epoch()).putInt(id.sequence());
        out.putInt(sealed ? SEALED : OPEN).putLong(synced).put(boot.duplicate());
        return out.putInt(CRC_AT, crc(out.array())).array();
    }

    /** Reads a mark; null when the bytes are none: torn, foreign or never written. */
    static @Nullable Mark decode(byte[] sector, int at) {
        byte[] bytes = Arrays.copyOfRange(sector, at, at + BYTES);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getLong() != MAGIC || in.getInt(CRC_AT) != crc(bytes)) {
            return null;
        }
        long epoch = in.getLong();
        int sequence = in.getInt();
        int state = in.getInt();
        long synced = in.getLong();
        if (epoch < 1 || sequence < 1 || (state != OPEN && state != SEALED) || synced < 0) {
            return null;
        }
        ByteBuffer boot = ByteBuffer.wrap(Arrays.copyOfRange(bytes, BOOT_AT, BOOT_AT + BOOT_BYTES));
        return new Mark(new SegmentId(epoch, sequence), state == SEALED, synced, boot);
    }

    /** This mark or another one of the same segment, whichever says more. */
    Mark orMore(Mark other) {
        return sealed || synced > other.synced ? this : other;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }

    /** Whether this was written in the given boot, as far as boots can be told apart. */
    boolean isOfBoot(ByteBuffer other) {
        return boot.equals(other) && !boot.equals(ByteBuffer.allocate(BOOT_BYTES));
    }
}
