package io.jwal.store.s3.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A checksum of each block of {@value #BLOCK} bytes of something, so that whoever fetches blocks can verify them one by
 * one. The last block may be shorter.
 */
public final class BlockChecksums {
    /** The length of a block. It belongs to the format, and is the least that a reader fetches. */
    public static final int BLOCK = 1 << 20;

    private final int[] checksums;

    private BlockChecksums(int[] checksums) {
        this.checksums = checksums;
    }

    /** Takes the checksums while the bytes pass by. Belongs to one thread. */
    public static final class Builder {
        private final CRC32C crc = new CRC32C();
        private int[] ended = new int[4];
        private int blocks;
        private int inBlock;

        /** Nothing so far. */
        public Builder() {}

        /**
         * Adds bytes.
         *
         * @param bytes from position to limit; not consumed
         */
        public void update(ByteBuffer bytes) {
            ByteBuffer rest = bytes.duplicate();
            int end = rest.limit();
            while (rest.position() < end) {
                rest.limit(Math.min(end, rest.position() + BLOCK - inBlock));
                inBlock += rest.remaining();
                crc.update(rest);
                if (inBlock == BLOCK) {
                    endBlock();
                }
            }
        }

        private void endBlock() {
            if (blocks == ended.length) {
                ended = Arrays.copyOf(ended, blocks * 2);
            }
            ended[blocks++] = (int) crc.getValue();
            crc.reset();
            inBlock = 0;
        }

        /**
         * Ends the last block.
         *
         * @return the checksums of all blocks
         */
        public BlockChecksums end() {
            if (inBlock > 0) {
                endBlock();
            }
            return new BlockChecksums(Arrays.copyOf(ended, blocks));
        }
    }

    /**
     * How many blocks so many bytes have.
     *
     * @param bytes a length
     * @return a number of blocks
     */
    public static int count(long bytes) {
        return Math.toIntExact((bytes + BLOCK - 1) / BLOCK);
    }

    /**
     * How long the checksums of so many bytes are when written.
     *
     * @param bytes a length
     * @return a number of bytes
     */
    public static int encodedBytes(long bytes) {
        return count(bytes) * Integer.BYTES;
    }

    void encode(ByteBuffer target) {
        for (int checksum : checksums) {
            target.putInt(checksum);
        }
    }

    static BlockChecksums decode(ByteBuffer source, int count) {
        int[] checksums = new int[count];
        for (int i = 0; i < count; i++) {
            checksums[i] = source.getInt();
        }
        return new BlockChecksums(checksums);
    }

    /**
     * Whether these are the bytes of a block.
     *
     * @param number the block's number, from 0 up
     * @param bytes from position to limit; not consumed
     * @return true if the checksum is right
     */
    public boolean verifies(int number, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return number < checksums.length && (int) crc.getValue() == checksums[number];
    }
}
