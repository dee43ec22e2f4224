package io.jwal.store.s3.read;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A segment's bytes that lie in several pieces. */
@FunctionalInterface
public interface Pieces {
    /**
     * The bytes from a position on, to the end of the piece that it lies in.
     *
     * @param position in the segment, before its end
     * @return a view of at least one byte, from its position to its limit
     * @throws IOException if they cannot be had
     */
    ByteBuffer from(long position) throws IOException;

    /** Fills a buffer, or stops at the end; -1 at the end or behind it. */
    default int fill(long position, long end, ByteBuffer target) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, but got " + position);
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int start = target.position();
        for (long at = position; target.hasRemaining() && at < end; ) {
            ByteBuffer piece = from(at);
            int length = (int) Math.min(Math.min(piece.remaining(), target.remaining()), end - at);
            target.put(target.position(), piece, piece.position(), length);
            target.position(target.position() + length);
            at += length;
        }
        return target.position() - start;
    }

    /** A range; a view where it lies in one piece. */
    default ByteBuffer slice(long position, int length, long end) throws IOException {
        if (position < 0 || length < 0) {
            throw new IllegalArgumentException("no range: " + length + " bytes at " + position);
        }
        if (length > end - position) {
            throw new EOFException("wanted " + length + " bytes at " + position + ", but the segment ends at " + end);
        }
        if (length == 0) {
            return little(ByteBuffer.allocate(0));
        }
        ByteBuffer piece = from(position);
        if (piece.remaining() >= length) {
            return little(piece.slice(piece.position(), length));
        }
        ByteBuffer copy = ByteBuffer.allocate(length);
        fill(position, end, copy);
        return little(copy.flip());
    }

    private static ByteBuffer little(ByteBuffer bytes) {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
