package io.jwal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log from a position that is kept durably beside it under a name, so that a restart goes on where the last
 * {@link #commit} stood. Entries polled but not committed are delivered again after a restart. Sees durable entries
 * only. One instance of a name lives at a time; it belongs to one thread at a time.
 */
public interface WalConsumer extends AutoCloseable {
    /**
     * The consumer's name.
     *
     * @return the name
     */
    String name();

    /**
     * Takes the next entry, waiting for one to become durable.
     *
     * @param timeout how long to wait at most; zero to look only
     * @return the entry, or empty when the time is up
     * @throws TruncatedException if its entries were cut away; {@link #seek} to go on
     * @throws WalInterruptedException if the thread is interrupted while waiting; nothing was taken
     * @throws CorruptLogException if the next entry is damaged; {@link #seek} past it to go on
     */
    Optional<Entry> poll(Duration timeout);

    /**
     * Takes a run of entries, waiting for the first of them only.
     *
     * @param maxEntries how many at most, at least 1
     * @param timeout how long to wait at most; zero to look only
     * @return at most that many entries (and at most 16 MiB of them, or one larger entry); empty when the time is up
     * @throws TruncatedException if its entries were cut away; {@link #seek} to go on
     * @throws WalInterruptedException if the thread is interrupted while waiting; nothing was taken
     * @throws CorruptLogException if the next entry is damaged; {@link #seek} past it to go on
     */
    List<Entry> poll(int maxEntries, Duration timeout);

    /**
     * Keeps the position durably: everything polled so far is done with.
     *
     * @throws FencedException if a newer writer has opened the log
     * @throws WalFailedException if the position could not be written
     */
    void commit();

    /**
     * The index of the entry that the next poll returns. Not durable before {@link #commit}.
     *
     * @return the next index
     */
    long position();

    /**
     * Moves the position. Not durable before {@link #commit}.
     *
     * @param next the index of the entry that the next poll returns, from {@code firstIndex()} to
     *     {@code durableIndex() + 1}
     * @throws OutOfRangeException if it is outside; nothing moved
     */
    void seek(long next);

    /** Lets go of the name; the committed position stays. Twice is once. */
    @Override
    void close();
}
