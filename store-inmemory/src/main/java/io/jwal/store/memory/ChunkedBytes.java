package io.jwal.store.memory;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow at the end, chunk by chunk, so that growing never copies them. One thread at a time appends; any
 * number read meanwhile, without locks, what was appended when they asked.
 */
final class ChunkedBytes {
    private static final int MIN_CHUNK_SHIFT = 12;
    private static final int MAX_CHUNK_SHIFT = 20;
    private static final int FIRST_CHUNKS = 4;

    private final int shift;

    // Both are volatile: chunks is replaced before size tells readers of bytes in the new ones
    private volatile byte[][] chunks = new byte[FIRST_CHUNKS][];
    private volatile long size;

    /** Chunks as large as the whole is expected to be, from 4 KiB up to 1 MiB. Takes no memory yet. */
    ChunkedBytes(long expectedBytes) {
        int wanted = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, expectedBytes) - 1);
        shift = Math.min(Math.max(wanted, MIN_CHUNK_SHIFT), MAX_CHUNK_SHIFT);
    }

    long size() {
        return size;
    }

    /** Appends what remains in the buffers. Readers see all of it when this returns, and none of it before. */
    void append(ByteBuffer... buffers) {
        long end = size;
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                int offset = offset(end);
                int count = Math.min(buffer.remaining(), (1 << shift) - offset);
                buffer.get(chunkFor(end), offset, count);
                end += count;
            }
        }
        size = end;
    }

    private byte[] chunkFor(long position) {
        int index = chunk(position);
        if (index == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * index);
        }
        if (chunks[index] == null) {
            chunks[index] = new byte[1 << shift];
        }
        return chunks[index];
    }

    private int chunk(long position) {
        return Math.toIntExact(position >>> shift);
    }

    private int offset(long position) {
        return (int) position & ((1 << shift) - 1);
    }

    /** Fills the target or stops at the end; -1 at or past the end. */
    int read(long position, ByteBuffer target) {
        long end = size;
        if (position >= end) {
            return -1;
        }
        int total = (int) Math.min(target.remaining(), end - position);
        int done = 0;
        while (done < total) {
            long next = position + done;
            int count = Math.min(total - done, (1 << shift) - offset(next));
            target.put(chunks[chunk(next)], offset(next), count);
            done += count;
        }
        return total;
    }

    /** A view where the range lies in one chunk, else a copy; read-only, little-endian. */
    ByteBuffer slice(long position, int length) throws EOFException {
        long end = size;
        if (position > end - length) {
            throw new EOFException("wanted " + length + " bytes at " + position + ", but the segment ends at " + end);
        }
        ByteBuffer bytes;
        if (length > 0 && chunk(position) == chunk(position + length - 1)) {
            bytes = ByteBuffer.wrap(chunks[chunk(position)], offset(position), length)
                    .slice();
        } else {
            bytes = ByteBuffer.allocate(length);
            read(position, bytes);
            bytes.flip();
        }
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
