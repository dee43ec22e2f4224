package io.jwal.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads one segment, sealed or still being written. Safe for many threads. */
public interface SegmentReader extends AutoCloseable {
    /**
     * How much can be read. Of a sealed segment its length. Of an open one: in the writer's process all that was
     * appended; elsewhere what was synced, as far as the store knows; after a crash all that is there, zeros that were
     * set aside included. It may grow between calls.
     *
     * @return the length in bytes
     * @throws SegmentNotFoundException if the segment was deleted
     * @throws IOException if it cannot be told
     */
    long size() throws IOException;

    /**
     * How many bytes from the start are known to have been synced. Damage below it is corruption, never a torn write.
     *
     * @return a length in bytes, 0 when the store does not know
     */
    default long claimedSize() {
        return 0;
    }

    /**
     * Reads bytes into a buffer: fills it, or stops at the end of what was appended.
     *
     * @param position where to begin, in bytes from the start of the segment
     * @param target filled from its position on
     * @return how many bytes were read (0 only for a buffer with no room), or -1 at or past the end
     * @throws SegmentNotFoundException if the segment was deleted
     * @throws IOException if reading failed, or what came back did not match its checksum
     */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * The bytes at a place, without a copy where the medium is mapped. The result is read-only, little-endian, and its
     * memory stays valid for as long as somebody holds it, also after {@link #close} and after the segment is deleted.
     *
     * @param position where to begin, in bytes from the start of the segment
     * @param length how many bytes; the caller has checked it against {@link #size}
     * @return exactly that many bytes, from position 0 to limit
     * @throws EOFException if the segment ends before
     * @throws SegmentNotFoundException if the segment was deleted
     * @throws IOException if reading failed
     */
    default ByteBuffer slice(long position, int length) throws IOException {
        ByteBuffer copy = ByteBuffer.allocate(length);
        while (copy.hasRemaining()) {
            if (read(position + copy.position(), copy) < 0) {
                throw new EOFException(
                        "wanted " + length + " bytes at " + position + ", found only " + copy.position());
            }
        }
        return copy.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * All of a sealed segment, if the medium has it in memory that is no heap; entries are read from there without
     * asking again. Read-only, little-endian, and valid for as long as somebody holds it, as from {@link #slice}.
     *
     * @return {@link #size} bytes from position 0, or null if that would take a copy, or the segment is not sealed
     */
    default @Nullable ByteBuffer mapped() {
        return null;
    }

    /**
     * How much heap this reader holds on to, so that a cache can weigh it.
     *
     * @return an estimate in bytes
     */
    default long heapBytes() {
        return 0;
    }

    /**
     * Lets go of the reader. Twice is once. Buffers from {@link #slice} stay valid.
     *
     * @throws IOException if something could not be let go
     */
    @Override
    void close() throws IOException;
}
