package io.jwal;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads a log forward, entry by entry, and follows its tail. Checksums are verified on the way. Belongs to one thread
 * at a time, and is to be closed.
 *
 * <p>A cursor stands before its first entry when it is made. When entries that it stood on or would read were cut away
 * ({@link Wal#truncateAfter}, or {@link Wal#truncateBefore} past its next entry), it throws {@link TruncatedException}
 * from then on, also when other entries have taken their place since.
 */
public interface Cursor extends AutoCloseable {
    /**
     * Moves to the next entry if there is one now.
     *
     * @return true if it moved; false at the end of the log, where it stays and can be asked again
     * @throws TruncatedException if its entries were cut away
     * @throws CorruptLogException if the next entry is damaged; the cursor stays where it was
     * @throws WalClosedException if the log or the cursor was closed
     */
    boolean next();

    /**
     * Moves to the next entry, waiting for one to become readable.
     *
     * @param timeout how long to wait at most
     * @return true if it moved; false when the time is up, it stays where it was
     * @throws WalInterruptedException if the thread is interrupted while waiting; its flag is kept, the cursor has not
     *     moved
     * @throws TruncatedException if its entries were cut away
     * @throws CorruptLogException if the next entry is damaged; the cursor stays where it was
     * @throws WalClosedException if the log or the cursor was closed, also while waiting
     */
    boolean next(Duration timeout);

    /**
     * The index of the entry that the cursor stands on.
     *
     * @return the index
     * @throws IllegalStateException if it has not moved yet
     */
    long index();

    /**
     * When the entry was committed; entries of one commit share it, and it never decreases along the log.
     *
     * @return the time, to the millisecond
     * @throws IllegalStateException if it has not moved yet
     */
    Instant time();

    /**
     * The entry's content without a copy.
     *
     * @return a read-only view, from position 0 to limit; its content is valid until the next call of {@code next},
     *     its memory for as long as it is held
     * @throws IllegalStateException if it has not moved yet
     */
    ByteBuffer entry();

    /**
     * The entry's content, copied.
     *
     * @return a new array
     * @throws IllegalStateException if it has not moved yet
     */
    default byte[] entryBytes() {
        ByteBuffer view = entry();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    /** Lets go of the cursor. Twice is once. */
    @Override
    void close();
}
