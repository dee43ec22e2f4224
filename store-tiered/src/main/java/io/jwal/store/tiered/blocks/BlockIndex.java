package io.jwal.store.tiered.blocks;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Where the blocks of a segment lie, and how: what follows them. Safe for many threads once it is complete. */
final class BlockIndex {
    /** How a block lies there, apart from encryption. */
    enum Form {
        /** As it is: it would not have become shorter. */
        STORED(0),
        /** As the header says. */
        COMPRESSED(1);

        private final int code;

        Form(int code) {
            this.code = code;
        }

        /** Its number in an index. */
        int code() {
            return code;
        }
    }

    /**
     * A block as it lies there.
     *
     * @param offset where it begins
     * @param length how long it is
     * @param form how it lies there
     * @param crc the CRC32C of those bytes
     */
    record Block(long offset, int length, Form form, int crc) {}

    private static final long MAGIC = 0x31444E45424C574AL; // "JWLBEND1"
    private static final int VERSION = 1;
    private static final int ENTRY_BYTES = 12;
    private static final int FOOTER_BYTES = 28;
    private static final int CRC_BYTES = 4;

    private final long[] offsets;
    private final int[] lengths;
    private final Form[] forms;
    private final int[] crcs;
    private long end;
    private int count;

    /** An index that is empty, of blocks that follow a header. */
    BlockIndex(BlockHeader header) {
        int blocks = header.blocks();
        offsets = new long[blocks];
        lengths = new int[blocks];
        forms = new Form[blocks];
        crcs = new int[blocks];
        end = header.encoded().limit();
    }

    /** A block follows. */
    void add(int length, Form form, int crc) {
        offsets[count] = end;
        lengths[count] = length;
        forms[count] = form;
        crcs[count] = crc;
        end += length;
        count++;
    }

    /** How many blocks there are so far. */
    int count() {
        return count;
    }

    Block block(int number) {
        return new Block(offsets[number], lengths[number], forms[number], crcs[number]);
    }

    /** What it takes in memory. */
    long heapBytes() {
        return (long) count * (Long.BYTES + 3 * Integer.BYTES);
    }

    /** Index and footer, as they follow the blocks. */
    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(count * ENTRY_BYTES + FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            out.putInt(lengths[i]).putInt(forms[i].code).putInt(crcs[i]);
        }
        out.putLong(MAGIC).putInt(VERSION).putInt(count).putLong(end);
        return out.putInt(BlockHeader.crc(out.duplicate().flip())).flip();
    }

    /**
     * Reads the index of a segment; no byte of the segment may belong to nothing.
     *
     * @throws StoreCorruptException if it is damaged
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    static BlockIndex read(SegmentReader from, BlockHeader header) throws IOException {
        SegmentId piece = header.extent().piece();
        long size = from.size();
        int length = header.blocks() * ENTRY_BYTES + FOOTER_BYTES;
        long start = size - length;
        if (start < header.encoded().limit()) {
            throw BlockHeader.damaged(piece, "it ends too early, at " + size);
        }
        ByteBuffer in = from.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
        int footer = length - FOOTER_BYTES;
        if (in.getLong(footer) != MAGIC) {
            throw BlockHeader.damaged(piece, "it does not end like a segment of blocks, at " + size);
        }
        if (BlockHeader.crc(in.slice(0, length - CRC_BYTES)) != in.getInt(length - CRC_BYTES)) {
            throw BlockHeader.damaged(piece, "the checksum of its index does not match");
        }
        if (in.getInt(footer + 8) != VERSION) {
            throw new UnsupportedFormatException(
                    "the index of segment " + piece + " of the archive", in.getInt(footer + 8), VERSION);
        }
        BlockIndex index = new BlockIndex(header);
        boolean sound = in.getInt(footer + 12) == header.blocks() && in.getLong(footer + 16) == start;
        for (int i = 0; sound && i < header.blocks(); i++) {
            sound = index.addRead(in, header, i);
        }
        if (!sound || index.end != start) {
            throw BlockHeader.damaged(piece, "its index has the right checksum, but does not match the header");
        }
        return index;
    }

    /** Adds what is read next, unless it cannot be. */
    private boolean addRead(ByteBuffer in, BlockHeader header, int block) {
        int length = in.getInt();
        int code = in.getInt();
        int crc = in.getInt();
        int tag = header.key() == null ? 0 : DataKey.TAG_BYTES;
        int stored = header.bytesOf(block) + tag;
        if (code == Form.STORED.code && length == stored) {
            add(length, Form.STORED, crc);
            return true;
        }
        if (code == Form.COMPRESSED.code && length > tag && length < stored) {
            add(length, Form.COMPRESSED, crc);
            return true;
        }
        return false;
    }
}
