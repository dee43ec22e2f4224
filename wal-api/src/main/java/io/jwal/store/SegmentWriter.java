package io.jwal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Writes one segment, once, from its first byte to its seal. Used by one thread at a time; {@link #syncAsync} may be
 * outstanding meanwhile. After any failure every call but {@link #close} fails (rule 3 of {@link Store}).
 */
public interface SegmentWriter extends AutoCloseable {
    /**
     * How much was appended.
     *
     * @return the segment's length so far, in bytes
     */
    long position();

    /**
     * Appends bytes at the end. They are visible to readers of this process when it returns, and durable after the next
     * {@link #sync}.
     *
     * @param buffers what to append, in order, each from position to limit; consumed, and not kept
     * @throws StoreFencedException if a later writer has fenced the segment
     * @throws IOException if it failed; the writer is dead
     */
    void append(ByteBuffer... buffers) throws IOException;

    /**
     * Makes everything appended so far durable.
     *
     * @throws StoreFencedException if a later writer has fenced the segment
     * @throws IOException if it failed; the writer is dead, and how much is durable is unknown
     */
    void sync() throws IOException;

    /**
     * Appends and syncs: the same as the two calls one after the other, for media that can do both in one.
     *
     * @param buffers what to append, as {@link #append} takes it
     * @throws StoreFencedException if a later writer has fenced the segment
     * @throws IOException if one of the two failed; the writer is dead, and how much is durable is unknown
     */
    default void appendAndSync(ByteBuffer... buffers) throws IOException {
        append(buffers);
        sync();
    }

    /**
     * Starts to make everything appended so far durable, and returns. The futures complete in the order of the calls,
     * each with the position that is durable then; {@link #append} may go on meanwhile. The engine keeps no more than
     * {@link StoreTraits#syncsInFlight} outstanding. One that fails fails all after it.
     *
     * @return completes with the durable position, or with the exception that {@link #sync} would have thrown
     */
    default CompletableFuture<Long> syncAsync() {
        long covered = position();
        try {
            sync();
            return CompletableFuture.completedFuture(covered);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Ends the segment: durable, immutable and laid out for reading when it returns. Before it the engine has synced
     * every batch, and has appended only the segment's index and trailer since.
     *
     * @throws StoreFencedException if a later writer has fenced the segment
     * @throws IOException if it failed; the writer is dead
     */
    void seal() throws IOException;

    /**
     * Lets go of the writer. Neither syncs nor seals. Twice is once.
     *
     * @throws IOException if something could not be let go
     */
    @Override
    void close() throws IOException;
}
