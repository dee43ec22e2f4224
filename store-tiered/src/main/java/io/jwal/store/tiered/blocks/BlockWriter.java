package io.jwal.store.tiered.blocks;

import io.jwal.store.tiered.blocks.BlockIndex.Form;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Cuts an extent into blocks, compresses and encrypts each of them by itself, and ends with their index. */
final class BlockWriter implements ExtentWriter {
    private final BlockHeader header;
    private final Sink sink;
    private final BlockIndex index;
    private final byte[] block;
    private final byte[] shorter;
    private long taken;
    private int filled;

    BlockWriter(BlockHeader header, Sink sink) throws IOException {
        this.header = header;
        this.sink = sink;
        this.index = new BlockIndex(header);
        this.block = new byte[header.bytesOf(0)];
        this.shorter = new byte[block.length];
        sink.write(header.encoded().duplicate());
    }

    @Override
    public void put(ByteBuffer bytes) throws IOException {
        taken += bytes.remaining();
        if (taken > header.extent().bytes()) {
            throw new IllegalArgumentException("more bytes than announced: " + taken + " of " + header.extent());
        }
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), header.bytesOf(index.count()) - filled);
            bytes.get(block, filled, count);
            filled += count;
            if (filled == header.bytesOf(index.count())) {
                write();
            }
        }
    }

    private void write() throws IOException {
        int number = index.count();
        int length = header.compression().compress(block, filled, shorter);
        Form form = length == Compression.LONGER ? Form.STORED : Form.COMPRESSED;
        byte[] bytes = form == Form.STORED ? block : shorter;
        int count = form == Form.STORED ? filled : length;
        ByteBuffer out = header.key() == null
                ? ByteBuffer.wrap(bytes, 0, count)
                : ByteBuffer.wrap(header.key().encrypt(number, header.additionalData(number, form), bytes, count));
        index.add(out.remaining(), form, BlockHeader.crc(out.duplicate()));
        filled = 0;
        sink.write(out);
    }

    @Override
    public void end() throws IOException {
        if (taken != header.extent().bytes()) {
            throw new IllegalStateException("fewer bytes than announced: " + taken + " of " + header.extent());
        }
        sink.write(index.encode());
    }
}
