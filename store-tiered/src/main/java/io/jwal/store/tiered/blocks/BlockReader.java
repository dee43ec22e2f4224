package io.jwal.store.tiered.blocks;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.tiered.blocks.BlockIndex.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an extent from its blocks, and keeps the last block that it decoded: a scan decodes each once, a point read costs
 * one, and two at a border. Safe for many threads; they share that block.
 */
final class BlockReader implements SegmentReader {
    private final SegmentReader from;
    private final BlockHeader header;
    private final BlockIndex index;
    private volatile @Nullable Decoded last;

    /** A block as it was before it was written. */
    private record Decoded(int number, ByteBuffer bytes) {}

    /** Over a segment of the archive, which it takes over. */
    BlockReader(SegmentReader from, BlockHeader header, BlockIndex index) {
        this.from = from;
        this.header = header;
        this.index = index;
    }

    @Override
    public long size() {
        return header.extent().bytes();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, but got " + position);
        }
        long size = size();
        if (position >= size) {
            return -1;
        }
        int count = 0;
        while (target.hasRemaining() && position + count < size) {
            ByteBuffer block = block((int) ((position + count) / header.blockBytes()));
            int at = (int) ((position + count) % header.blockBytes());
            int some = Math.min(target.remaining(), block.limit() - at);
            target.put(block.slice(at, some));
            count += some;
        }
        return count;
    }

    private ByteBuffer block(int number) throws IOException {
        Decoded known = last;
        if (known == null || known.number != number) {
            known = new Decoded(number, ByteBuffer.wrap(decode(number)));
            last = known;
        }
        return known.bytes;
    }

    private byte[] decode(int number) throws IOException {
        BlockIndex.Block block = index.block(number);
        byte[] bytes = fetch(number, block);
        if (BlockHeader.crc(ByteBuffer.wrap(bytes)) != block.crc()) {
            throw damaged(number, "its checksum does not match", null);
        }
        if (header.key() != null) {
            try {
                bytes = header.key().decrypt(number, header.additionalData(number, block.form()), bytes);
            } catch (GeneralSecurityException e) {
                throw damaged(number, "its checksum is right, but it is not what was encrypted here", e);
            }
        }
        if (block.form() == Form.STORED) {
            return bytes;
        }
        byte[] expanded = new byte[header.bytesOf(number)];
        try {
            header.compression().expand(bytes, bytes.length, expanded);
        } catch (StoreCorruptException e) {
            throw damaged(number, String.valueOf(e.getMessage()), e);
        }
        return expanded;
    }

    private byte[] fetch(int number, BlockIndex.Block block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(block.length());
        while (bytes.hasRemaining()) {
            if (from.read(block.offset() + bytes.position(), bytes) < 0) {
                throw damaged(number, "the segment ends before it does", null);
            }
        }
        return bytes.array();
    }

    private StoreCorruptException damaged(int number, String what, @Nullable Exception cause) {
        BlockIndex.Block block = index.block(number);
        long begin = (long) number * header.blockBytes();
        String message = "block " + number + " of segment " + header.extent().piece() + " of the archive, "
                + block.length() + " bytes at " + block.offset() + ", is damaged: " + what + "; it holds bytes "
                + (header.extent().start() + begin) + " to "
                + (header.extent().start() + begin + header.bytesOf(number) - 1) + " of segment "
                + header.extent().segment() + " of the log; run `wal archive verify` for the extent";
        return cause == null ? new StoreCorruptException(message) : new StoreCorruptException(message, cause);
    }

    /** With the block that it will soon have. */
    @Override
    public long heapBytes() {
        return from.heapBytes() + index.heapBytes() + header.bytesOf(0);
    }

    @Override
    public void close() throws IOException {
        last = null;
        from.close();
    }
}
