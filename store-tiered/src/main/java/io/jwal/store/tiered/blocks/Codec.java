package io.jwal.store.tiered.blocks;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreUnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * How segments of the archive are written, and with which keys they are read. What is written depends on the
 * configuration alone; what is read on what lies there, so that both may change at any time. Safe for many threads.
 */
public final class Codec {
    /** What a point read costs at most; larger blocks compress hardly better. */
    public static final int BLOCK_BYTES = 1 << 20;

    private final Compression compression;
    private final KeyRing keys;
    private final int blockBytes;
    private final SecureRandom random;

    /**
     * A codec. With no compression and no current key what is written is plain.
     *
     * @param compression how blocks are compressed
     * @param keys what they are encrypted and read with
     * @param blockBytes how many bytes are in a block
     * @param random where data keys and nonces come from
     */
    public Codec(Compression compression, KeyRing keys, int blockBytes, SecureRandom random) {
        if (blockBytes < BlockHeader.MIN_BLOCK_BYTES || blockBytes > BlockHeader.MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException("not the size of a block: " + blockBytes);
        }
        this.compression = compression;
        this.keys = keys;
        this.blockBytes = blockBytes;
        this.random = random;
    }

    /** The keys. */
    public KeyRing keys() {
        return keys;
    }

    /** How what is written from now on lies in the archive. */
    public Encoding encoding() {
        boolean plain = compression == Compression.NONE && keys.current().isEmpty();
        return plain ? Encoding.PLAIN : new Encoding(true, keys.current());
    }

    /** Begins to write a segment of the archive as {@link #encoding} says. */
    public ExtentWriter writer(Extent extent, ExtentWriter.Sink sink) throws IOException {
        return encoding().inBlocks()
                ? new BlockWriter(BlockHeader.begin(extent, compression, blockBytes, keys, random), sink)
                : new Plain(sink);
    }

    /**
     * Opens what was written, whatever this codec would write.
     *
     * @param from the segment of the archive; closed with what is returned, and if this fails
     * @param extent what it holds
     * @param encoding how it lies there
     * @return the bytes of the extent
     * @throws io.jwal.store.StoreCorruptException if it is not that segment, or is damaged
     * @throws io.jwal.store.StoreKeyException if its key is not there, or is another one
     * @throws StoreUnreadableException if the library that it is compressed with is not there
     * @throws io.jwal.UnsupportedFormatException if a newer version wrote it
     */
    public SegmentReader open(SegmentReader from, Extent extent, Encoding encoding) throws IOException {
        if (!encoding.inBlocks()) {
            return from;
        }
        try {
            BlockHeader header = BlockHeader.read(from, extent, encoding, keys);
            if (!header.compression().isThere()) {
                throw new StoreUnreadableException(
                        "segment " + extent.piece() + " of the archive is compressed with zstd, whose"
                                + " library cannot be loaded here; add " + Compression.ZSTD_ARTIFACT + " to the path");
            }
            return new BlockReader(from, header, BlockIndex.read(from, header));
        } catch (IOException | RuntimeException e) {
            try (from) {
                throw e;
            }
        }
    }

    /** The bytes as they are. */
    private record Plain(Sink sink) implements ExtentWriter {
        @Override
        public void put(ByteBuffer bytes) throws IOException {
            sink.write(bytes);
        }

        @Override
        public void end() {
            // there is nothing left
        }
    }
}
