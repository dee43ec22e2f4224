package io.jwal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes and reads a log. There is one writer of a log at a time; it is safe for any number of threads, virtual ones
 * included.
 *
 * <p><b>Appending.</b> The content is copied before a call returns. What a returned append promises is the log's
 * {@link Durability}. An append waits uninterruptibly for its outcome and keeps the interrupt flag; only while it waits
 * for room, before anything was accepted, does it throw {@link WalInterruptedException}.
 *
 * <p><b>Failure.</b> After a write or a sync failed, or the log was fenced by a newer writer, nothing is appended any
 * more: calls that waited throw {@link OutcomeUnknownException} (their entries are whole or absent when the log is
 * opened again), later ones {@link WalFailedException} or {@link FencedException}. Reading goes on up to
 * {@link #durableIndex()}. Synchronous calls throw; asynchronous ones answer in their future, except for wrong
 * arguments, which are thrown at once as {@link NullPointerException}, {@link IllegalArgumentException} or
 * {@link EntryTooLargeException}, before anything happened.
 */
public interface Wal extends WalReader {
    /**
     * Appends one entry.
     *
     * @param bytes the content, from 0 bytes up to {@code maxEntry}; copied
     * @return its index
     * @throws EntryTooLargeException if it is larger; nothing was appended
     * @throws WalClosedException if the log was closed
     * @throws FencedException if a newer writer has opened the log
     * @throws WalFailedException if the log has failed
     * @throws WalInterruptedException if interrupted while waiting for room; nothing was appended
     */
    long append(byte[] bytes);

    /**
     * Appends one entry.
     *
     * @param bytes the content, from position to limit; consumed and copied
     * @return its index
     * @throws EntryTooLargeException as {@link #append(byte[])}, as all it throws
     */
    long append(ByteBuffer bytes);

    /**
     * Appends entries as one atomic batch: after a crash all of them are there, or none.
     *
     * @param entries the contents, together at most {@code maxBatch} bytes; an empty list changes nothing
     * @return the index of the last; {@link #lastIndex()} for an empty list
     * @throws EntryTooLargeException if one, or all together, are too large; nothing was appended. As
     *     {@link #append(byte[])}, as all it throws
     */
    long appendAll(List<byte[]> entries);

    /**
     * Appends one entry without waiting for its outcome; waits only for room when the buffer is full.
     *
     * @param bytes the content; copied before the call returns
     * @return completes with the index when {@link #append(byte[])} would have returned, in index order, on a thread of
     *     the log's own that does no I/O: a dependent stage may append
     * @throws EntryTooLargeException if it is too large; nothing was appended
     * @throws WalInterruptedException if interrupted while waiting for room; nothing was appended
     */
    CompletableFuture<Long> appendAsync(byte[] bytes);

    /**
     * Appends one entry if there is room for it at once.
     *
     * @param bytes the content; copied before the call returns
     * @return empty if the buffer is full, and nothing was appended; else as {@link #appendAsync}
     * @throws EntryTooLargeException if it is too large; nothing was appended
     */
    Optional<CompletableFuture<Long>> tryAppendAsync(byte[] bytes);

    /**
     * Appends entries as one atomic batch without waiting for the outcome.
     *
     * @param entries the contents; copied before the call returns
     * @return completes with the index of the last as {@link #appendAsync} does; at once for an empty list
     * @throws EntryTooLargeException as {@link #appendAll}
     * @throws WalInterruptedException if interrupted while waiting for room; nothing was appended
     */
    CompletableFuture<Long> appendAllAsync(List<byte[]> entries);

    /**
     * Writes one entry whose index the caller names, as a Raft log does.
     *
     * <p>An empty log that is to go on further up is moved there first, durably. If the store then has no room for the entry,
     * the call fails and the log stays moved: empty, with {@code firstIndex() == index}, where it can be written again.
     *
     * @param index {@code lastIndex() + 1}; while the log is empty anything from there up, and the log then begins there
     * @param bytes the content; copied
     * @throws OutOfOrderException if the index is another; says which was expected; nothing was written
     * @throws EntryTooLargeException as {@link #append(byte[])}, as all else it throws
     */
    void write(long index, byte[] bytes);

    /**
     * Writes entries whose indexes the caller names as one atomic batch.
     *
     * @param entries consecutive from where {@link #write} may begin; an empty list changes nothing
     * @throws OutOfOrderException if the indexes are others; nothing was written
     * @throws EntryTooLargeException as {@link #appendAll}, as all else it throws
     */
    void writeAll(List<Entry> entries);

    /**
     * Writes entries whose indexes the caller names as one atomic batch without waiting for the outcome.
     *
     * @param entries as {@link #writeAll}
     * @return completes with the index of the last as {@link #appendAsync} does, or with {@link OutOfOrderException}
     * @throws EntryTooLargeException as {@link #appendAll}
     * @throws WalInterruptedException if interrupted while waiting for room; nothing was written
     */
    CompletableFuture<Long> writeAllAsync(List<Entry> entries);

    /**
     * Drops entries from the start. Durable when it returns. Its cost grows with the segments dropped, not with bytes.
     *
     * @param first the first index that stays; {@code lastIndex() + 1} empties the log, one at or below
     *     {@link #firstIndex()} changes nothing
     * @throws OutOfRangeException if it is above {@code lastIndex() + 1}; nothing changed
     * @throws WalFailedException if the log has failed, or fails now and the outcome is unknown until reopening
     * @throws FencedException if a newer writer has opened the log
     */
    void truncateBefore(long first);

    /**
     * Drops entries from the end. Durable when it returns. A barrier: it runs after every append submitted before it,
     * and appends submitted later wait for it. Positions of consumers are lowered to the new end.
     *
     * @param last the last index that stays; {@code firstIndex() - 1} empties the log, one at or above
     *     {@link #lastIndex()} changes nothing
     * @throws OutOfRangeException if it is below {@code firstIndex() - 1}; nothing changed
     * @throws WalFailedException if the log has failed, or fails now and the outcome is unknown until reopening
     * @throws FencedException if a newer writer has opened the log
     */
    void truncateAfter(long last);

    /**
     * Makes everything appended so far durable.
     *
     * @throws WalFailedException if the log has failed, or fails now
     * @throws FencedException if a newer writer has opened the log
     */
    void sync();

    /**
     * Opens the consumer of a name. A new one begins at {@link #firstIndex()}; its position is kept from its first
     * {@link WalConsumer#commit} on.
     *
     * @param name 1 to 128 characters
     * @return the consumer, to be closed
     * @throws IllegalStateException if an instance of this name is open
     */
    WalConsumer consumer(String name);

    /**
     * Forgets a consumer's position, durably. Of an unknown one: nothing happens.
     *
     * @param name the consumer's name
     * @throws IllegalStateException if an instance of this name is open
     * @throws FencedException if a newer writer has opened the log
     */
    void removeConsumer(String name);

    /**
     * Sets a small value beside the log, durably.
     *
     * @param name 1 to 128 characters
     * @param value at most 64 KiB; copied
     * @throws FencedException if a newer writer has opened the log
     * @throws WalFailedException if it could not be written
     */
    void setProperty(String name, byte[] value);

    /**
     * Flushes and seals what was appended, and lets go of the log. Twice is once. Everyone that waits, and every later
     * call, gets {@link WalClosedException}. After a failure or when fenced nothing is flushed.
     *
     * @throws WalFailedException if what was accepted could not be made durable; the log is closed all the same
     */
    @Override
    void close();
}
