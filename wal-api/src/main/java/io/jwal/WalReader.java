package io.jwal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a log. Safe for any number of threads, virtual ones included; never changes anything on the store.
 *
 * <p>In the process that writes the log, a reader sees what was accepted as far as the log's {@link Durability}
 * promises: with {@link Durability#SYNC} that ends at {@link #durableIndex()}. Every other process sees only what is
 * durable.
 *
 * <p>Every method but {@link #close} throws {@link WalClosedException} after the log was closed.
 */
public interface WalReader extends AutoCloseable {
    /**
     * The index of the first entry; of an empty log, the index that its next entry will have.
     *
     * @return the first index, at least 1
     */
    long firstIndex();

    /**
     * The index of the last readable entry; of an empty log {@code firstIndex() - 1}.
     *
     * @return the last index, 0 for a new log
     */
    long lastIndex();

    /**
     * Whether there is no entry to read.
     *
     * @return true if {@code firstIndex() > lastIndex()}
     */
    boolean isEmpty();

    /**
     * The last index that is known to survive a power cut. Never more than was synced.
     *
     * @return the durable index; below {@code firstIndex()} when no entry is durable
     */
    long durableIndex();

    /**
     * Reads one entry and verifies its checksum.
     *
     * @param index its index
     * @return its content, in a new array
     * @throws EntryNotFoundException if the log holds no such index; says which it holds
     * @throws CorruptLogException if the entry is damaged
     */
    byte[] read(long index);

    /**
     * Reads a bounded run of entries. At least one is returned, however large, unless the run begins at the end.
     *
     * @param from the index of the first; {@code lastIndex() + 1} gives an empty list
     * @param maxEntries how many at most, at least 1
     * @param maxBytes how many bytes of content at most (the first entry excepted), at least 1
     * @return the entries, consecutive
     * @throws EntryNotFoundException if {@code from} is outside
     * @throws CorruptLogException if the first entry is damaged; a run ends before a damaged one otherwise
     */
    List<Entry> read(long from, int maxEntries, long maxBytes);

    /**
     * Opens a cursor, which scans the log and then follows its tail.
     *
     * @param from the index of the first entry that it moves to, {@code firstIndex()} to {@code lastIndex() + 1}
     * @return the cursor, to be closed
     * @throws OutOfRangeException if {@code from} is outside
     */
    Cursor cursor(long from);

    /**
     * The entries of a range, read lazily as the stream is consumed.
     *
     * @param from the first index, inclusive, at least {@code firstIndex()}
     * @param to the last index, inclusive, at most {@code lastIndex()}; {@code from - 1} for an empty stream
     * @return a sequential, ordered stream, to be closed
     * @throws OutOfRangeException if the range is not within the log
     */
    Stream<Entry> entries(long from, long to);

    /**
     * The first index that was committed at or after a time. Commit times never decrease along the log.
     *
     * @param time the time, compared to the millisecond
     * @return the index, {@code lastIndex() + 1} if all entries are older
     */
    long indexAt(Instant time);

    /**
     * A small durable value kept beside the log.
     *
     * @param name the property's name
     * @return a copy of its value, or empty if it was never set
     */
    Optional<byte[]> property(String name);

    /**
     * Which properties were set.
     *
     * @return their names, sorted; a snapshot
     */
    Set<String> propertyNames();

    /**
     * The committed positions of all consumers.
     *
     * @return the next index of each, by name, sorted; a snapshot
     */
    Map<String, Long> consumers();

    /**
     * What the log is and has done since it was opened.
     *
     * @return a snapshot
     */
    WalStats stats();

    /**
     * Lets go of the log and wakes everyone that waits in it with {@link WalClosedException}. Twice is once. Content
     * that was handed out stays valid.
     */
    @Override
    void close();
}
