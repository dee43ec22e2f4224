package io.jwal.store.tiered.blocks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreKeyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a segment of blocks begins.
 *
 * @param extent what it holds
 * @param compression how those blocks are compressed that say that they are
 * @param blockBytes how many bytes of the extent are in each block but the last
 * @param key what blocks are encrypted with; null if they are not
 * @param encoded the header as it lies, which blocks are bound to; little-endian, and a copy, because a view would hold on
 *     to all that the store has read with it
 */
record BlockHeader(
        Extent extent,
        Compression compression,
        int blockBytes,
        @Nullable DataKey key,
        ByteBuffer encoded) {
    static final int MIN_BLOCK_BYTES = 64;
    static final int MAX_BLOCK_BYTES = 4 << 20;
    static final int MAX_BLOCKS = 1 << 20;

    private static final long MAGIC = 0x31534B4C424C574AL; // "JWLBLKS1"
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 76;
    private static final int CRC_BYTES = 4;

    /** No version's header is longer, so that one read is enough. */
    private static final int MAX_BYTES = 4096;

    /** That of a new segment, with a new data key if the keys have a current one. */
    static BlockHeader begin(Extent extent, Compression compression, int blockBytes, KeyRing keys, SecureRandom random)
            throws StoreKeyException {
        if (extent.bytes() < 1 || blocks(extent.bytes(), blockBytes) > MAX_BLOCKS) {
            throw new IllegalArgumentException("no segment of blocks has " + extent.bytes() + " bytes");
        }
        byte[] name = keys.current().getBytes(US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(VERSION);
        out.putInt(FIXED_BYTES
                + (name.length == 0 ? 0 : name.length + DataKey.NONCE_BYTES + DataKey.WRAPPED_BYTES)
                + CRC_BYTES);
        out.putLong(extent.piece().epoch()).putInt(extent.piece().sequence());
        out.putInt(compression.code());
        out.putLong(extent.segment().epoch()).putInt(extent.segment().sequence());
        out.putInt(blockBytes);
        out.putLong(extent.salt()).putLong(extent.start()).putLong(extent.bytes());
        out.putInt(name.length).put(name);
        DataKey key = null;
        if (name.length > 0) {
            ByteBuffer additionalData = out.duplicate().flip();
            key = DataKey.random(random);
            byte[] nonce = new byte[DataKey.NONCE_BYTES];
            random.nextBytes(nonce);
            out.put(nonce).put(key.wrap(keys.named(keys.current(), extent.piece()), nonce, additionalData));
        }
        out.putInt(crc(out.duplicate().flip()));
        return new BlockHeader(extent, compression, blockBytes, key, copy(out.flip()));
    }

    /**
     * That of a segment that lies in the archive.
     *
     * @param extent what the segment has to hold
     * @param encoding how it has to lie there
     * @throws StoreCorruptException if it is damaged, or another segment's
     * @throws StoreKeyException if its key is not there, or is another one
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    static BlockHeader read(SegmentReader from, Extent extent, Encoding encoding, KeyRing keys) throws IOException {
        ByteBuffer in = from.slice(0, (int) Math.min(MAX_BYTES, from.size())).order(ByteOrder.LITTLE_ENDIAN);
        int length = in.remaining() < FIXED_BYTES ? 0 : in.getInt(12);
        if (length < FIXED_BYTES + CRC_BYTES || length > in.limit() || in.getLong(0) != MAGIC) {
            throw damaged(extent.piece(), "it does not begin like a segment of blocks");
        }
        in.limit(length);
        if (crc(in.slice(0, length - CRC_BYTES)) != in.getInt(length - CRC_BYTES)) {
            throw damaged(extent.piece(), "the checksum of its header does not match");
        }
        if (in.getInt(8) != VERSION) {
            throw new UnsupportedFormatException(
                    "segment " + extent.piece() + " of the archive", in.getInt(8), VERSION);
        }
        return decode(in, extent, encoding, keys);
    }

    private static BlockHeader decode(ByteBuffer in, Extent extent, Encoding encoding, KeyRing keys)
            throws StoreCorruptException, StoreKeyException {
        ByteBuffer whole = copy(in);
        in.position(16);
        SegmentId piece = id(in);
        Compression compression = Compression.of(in.getInt());
        SegmentId segment = id(in);
        int blockBytes = in.getInt();
        Extent found = new Extent(piece, segment, in.getLong(), in.getLong(), in.getLong());
        String name = name(in, extent.piece());
        if (!found.equals(extent) || !name.equals(encoding.keyId())) {
            throw damaged(
                    extent.piece(),
                    "it is another segment: the archive's manifest says " + extent + " with the key \""
                            + encoding.keyId() + "\", its header says " + found + " with the key \"" + name + "\"");
        }
        if (compression == null
                || blockBytes < MIN_BLOCK_BYTES
                || blockBytes > MAX_BLOCK_BYTES
                || blocks(found.bytes(), blockBytes) > MAX_BLOCKS) {
            throw damaged(extent.piece(), "its header has the right checksum, but says what cannot be");
        }
        return new BlockHeader(
                extent, compression, blockBytes, name.isEmpty() ? null : key(in, name, piece, keys), whole);
    }

    private static SegmentId id(ByteBuffer in) throws StoreCorruptException {
        long epoch = in.getLong();
        int sequence = in.getInt();
        if (epoch < 1 || sequence < 1) {
            throw new StoreCorruptException("a header of the archive names a segment (" + epoch + ", " + sequence
                    + "), which there cannot be; run `wal archive verify`");
        }
        return new SegmentId(epoch, sequence);
    }

    /** The name of the key; what follows it is of the right length. */
    private static String name(ByteBuffer in, SegmentId piece) throws StoreCorruptException {
        int length = in.getInt();
        int rest = in.remaining() - CRC_BYTES;
        if (length < 0
                || length > KeyRing.MAX_NAME
                || rest != (length == 0 ? 0 : length + DataKey.NONCE_BYTES + DataKey.WRAPPED_BYTES)) {
            throw damaged(piece, "its header has the right checksum, but not the right length");
        }
        byte[] name = new byte[length];
        in.get(name);
        return new String(name, US_ASCII);
    }

    private static DataKey key(ByteBuffer in, String name, SegmentId piece, KeyRing keys) throws StoreKeyException {
        ByteBuffer additionalData = in.slice(0, in.position());
        byte[] nonce = new byte[DataKey.NONCE_BYTES];
        byte[] wrapped = new byte[DataKey.WRAPPED_BYTES];
        in.get(nonce).get(wrapped);
        try {
            return DataKey.unwrap(keys.named(name, piece), nonce, wrapped, additionalData);
        } catch (GeneralSecurityException e) {
            throw keys.wrong(name, piece, e);
        }
    }

    /** How many blocks there are. */
    int blocks() {
        return (int) blocks(extent.bytes(), blockBytes);
    }

    private static long blocks(long bytes, int blockBytes) {
        return bytes / blockBytes + (bytes % blockBytes == 0 ? 0 : 1);
    }

    /** How many bytes of the extent are in a block. */
    int bytesOf(int block) {
        return (int) Math.min(blockBytes, extent.bytes() - (long) block * blockBytes);
    }

    /** What a block is encrypted under: it fits nowhere else. */
    ByteBuffer additionalData(int block, BlockIndex.Form form) {
        return ByteBuffer.allocate(encoded.limit() + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(encoded.duplicate())
                .putInt(block)
                .putInt(form.code())
                .flip();
    }

    /** The key, of a segment that is encrypted. */
    DataKey requireKey() {
        return Objects.requireNonNull(key);
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.limit())
                .put(bytes.duplicate().position(0))
                .flip()
                .asReadOnlyBuffer();
    }

    /** What is thrown for a segment of blocks that is damaged. */
    static StoreCorruptException damaged(SegmentId piece, String what) {
        return new StoreCorruptException("segment " + piece + " of the archive is damaged: " + what
                + "; run `wal archive verify` for the extent, and copy the log while its hot copies are there");
    }
}
