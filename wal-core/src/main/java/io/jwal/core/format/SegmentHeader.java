package io.jwal.core.format;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first {@value #BYTES} bytes of a segment. Durable before the manifest names the segment.
 *
 * @param id the segment's own name
 * @param created when it was made, in milliseconds since 1970
 * @param salt a random number that every check in the segment depends on
 */
public record SegmentHeader(SegmentId id, long created, long salt) {
    /** Its length. */
    public static final int BYTES = 64;

    private static final long MAGIC = 0x314745534C41574AL; // "JWALSEG1"
    private static final int FLAGS = 0; // reserved: codec and cipher
    private static final int CRC_AT = BYTES - 4;

    /** The header as bytes. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(Layout.VERSION).putInt(FLAGS);
        out.putLong(id.epoch()).putInt(id.sequence()).putInt(0);
        out.putLong(created).putLong(salt);
        return out.putInt(CRC_AT, Checks.crc(out.array(), 0, CRC_AT)).rewind();
    }

    /**
     * Reads a header and compares it with what the manifest says.
     *
     * @param bytes the first {@value #BYTES} bytes of the segment, or fewer when it is shorter
     * @throws CorruptLogException if this is not the header of that segment
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    public static SegmentHeader decode(ByteBuffer bytes, SegmentId id, long salt) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < BYTES) {
            throw corrupt(id, "has only " + in.remaining() + " bytes, too few for its header");
        }
        if (in.getLong() != MAGIC) {
            throw corrupt(id, "does not begin like a segment");
        }
        int version = in.getInt();
        int flags = in.getInt();
        // First the checksum, which every version has in the same place: rot is not a newer format.
        if (in.getInt(CRC_AT) != Checks.crc(in.slice(0, CRC_AT)) || version < 1) {
            throw corrupt(id, "has a header whose checksum does not match");
        }
        if (version > Layout.VERSION) {
            throw new UnsupportedFormatException("segment " + id, version, Layout.VERSION);
        }
        if (flags != FLAGS) {
            throw new UnsupportedFormatException("segment " + id + " (flags " + flags + ")", version, Layout.VERSION);
        }
        long epoch = in.getLong();
        int sequence = in.getInt();
        in.getInt();
        if (epoch != id.epoch() || sequence != id.sequence()) {
            throw corrupt(id, "says that it is segment " + Long.toHexString(epoch) + "-" + sequence);
        }
        SegmentHeader header = new SegmentHeader(id, in.getLong(), in.getLong());
        if (header.salt != salt) {
            throw corrupt(id, "is not the one that the manifest names (another salt): it was replaced");
        }
        return header;
    }

    private static CorruptLogException corrupt(SegmentId id, String what) {
        return new CorruptLogException(
                "segment " + id + " " + what
                        + "; run `wal verify` for the extent, restore the segment from a backup, or"
                        + " open with \"onCorruption\": \"salvage\" to keep what precedes it",
                id,
                0,
                -1,
                null);
    }
}
