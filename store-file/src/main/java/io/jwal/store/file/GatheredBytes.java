package io.jwal.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Brings buffers of any kind to arrays, in as few pieces as can be: a large heap buffer as it is, small ones gathered,
 * all others copied piece by piece. Belongs to one thread at a time.
 */
final class GatheredBytes {
    /** The largest piece that is gathered or copied. */
    static final int MAX_PIECE = 1 << 20;

    private static final int FIRST_SCRATCH = 16 << 10;

    private byte[] scratch = {};

    /** Takes a piece. */
    @FunctionalInterface
    interface Target {
        void accept(byte[] source, int offset, int length) throws IOException;
    }

    static long total(ByteBuffer... buffers) {
        long total = 0;
        for (ByteBuffer buffer : buffers) {
            total += buffer.remaining();
        }
        return total;
    }

    /** Consumes the buffers, in order. All that fits {@link #MAX_PIECE} comes in one piece. */
    void drain(ByteBuffer[] buffers, long total, Target target) throws IOException {
        if (buffers.length == 1 && buffers[0].hasArray()) {
            pass(buffers[0], target);
            return;
        }
        byte[] piece = scratch((int) Math.min(total, MAX_PIECE));
        int filled = 0;
        for (ByteBuffer buffer : buffers) {
            if (total > MAX_PIECE && filled == 0 && buffer.hasArray() && buffer.remaining() >= piece.length) {
                pass(buffer, target);
            }
            while (buffer.hasRemaining()) {
                int some = Math.min(buffer.remaining(), piece.length - filled);
                buffer.get(piece, filled, some);
                filled += some;
                if (filled == piece.length) {
                    target.accept(piece, 0, filled);
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            target.accept(piece, 0, filled);
        }
    }

    private static void pass(ByteBuffer buffer, Target target) throws IOException {
        target.accept(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        buffer.position(buffer.limit());
    }

    private byte[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.min(MAX_PIECE, Math.max(FIRST_SCRATCH, Integer.highestOneBit(length - 1) * 2))];
        }
        return scratch;
    }
}
