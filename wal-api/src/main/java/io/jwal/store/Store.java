package io.jwal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of one log live: one store, one log.
 *
 * <h2>The contract</h2>
 *
 * <p>The engine builds its promises on these ten rules and on nothing else; {@code store-tck} has tests for each of
 * them, named by its number.
 *
 * <ol>
 *   <li><b>Durable means durable.</b> What {@link SegmentWriter#sync sync}, {@link SegmentWriter#seal seal} or
 *       {@link #writeRegister writeRegister} returned from is still there after a crash of the process, the machine or
 *       the connection.
 *   <li><b>Registers are atomic.</b> {@link #writeRegister writeRegister} is atomic, and linearizable among all that
 *       may write: of two racing writers with the same expected version exactly one wins.
 *       {@link VersionConflictException} means that somebody else's value is current, not that yours never was. A lost
 *       answer is resolved by the store, never guessed: the value carries a nonce of the opener and a write number, so
 *       that equal contents of two writers never look alike, and every retry sends the same bytes.
 *   <li><b>A failed writer stays failed.</b> After a failed {@code append}, {@code sync} or {@code seal} the writer
 *       accepts nothing more. A sync that failed is never tried again on that file: the kernel has dropped the pages,
 *       and the second call lies.
 *   <li><b>No wrong bytes.</b> Bytes read are bytes written, or an exception. A remote store verifies a checksum of
 *       what it fetched.
 *   <li><b>Readers are free.</b> Readers never block writers. A reader opened before {@link #deleteSegment} goes on
 *       reading or fails with {@link SegmentNotFoundException}; never wrong bytes, never an error of the JVM.
 *   <li><b>Interrupts harm nobody.</b> {@link Thread#interrupt} on a caller closes nothing that others use. A
 *       change by an interrupted thread happens all the same, a read may fail instead; the flag stays set. (A
 *       {@link java.nio.channels.FileChannel} closes itself when a thread inside it is interrupted.)
 *   <li><b>Names stay inside.</b> Ids and register names map to safe file names and keys; what the store does not know
 *       it leaves alone.
 *   <li><b>Failures leak nothing.</b> A failed operation leaks no handle and no lock. A claim ends only when no thread
 *       of its writer is inside I/O any more.
 *   <li><b>Reading changes nothing.</b> {@link StoreProvider#open} and every read change nothing on the medium.
 *       Creating, probing and tidying belong to {@link #claimWriter} and after.
 *   <li><b>Many threads.</b> {@code Store} and {@link SegmentReader} are used by many threads; a {@link SegmentWriter}
 *       by one at a time ({@link SegmentWriter#syncAsync} excepted); several writers (one being sealed, one hot, one
 *       ahead) are open at once.
 * </ol>
 *
 * <p>{@link #writeRegister}, {@link #createSegment}, {@link #fenceSegment} and {@link #deleteSegment} are called only
 * by one that holds the result of {@link #claimWriter}.
 *
 * <p>A method that fails throws an {@link IOException}, the {@link StoreException} of its kind where this page names
 * one. Any other {@code IOException} leaves the outcome of a change unknown. A full medium is
 * {@link StoreFullException}. What is known to be lost is {@link StoreCorruptException}, {@link SegmentNotFoundException} or
 * {@link java.io.EOFException}, and salvage gives up nothing else: any other failure to read may go by, and the engine
 * refuses to open the log. {@link StoreUnreadableException} says what is wanting, such as a key.
 */
public interface Store extends AutoCloseable {
    /**
     * What the engine may expect of this store. Constant for the life of the store.
     *
     * @return the traits
     */
    StoreTraits traits();

    /**
     * Claims the store for the one writer of the log. Locks it, creates it, probes it and tidies it where the medium
     * can; where it cannot lock, does nothing, and fencing alone guards the log.
     *
     * @return the claim, to be closed when the writer is gone
     * @throws StoreLockedException if another writer holds the store
     * @throws IOException if the store cannot be created or is not usable
     */
    default WriterClaim claimWriter() throws IOException {
        return () -> {};
    }

    /**
     * Reads a register.
     *
     * @param name the register's name: 1 to 64 lower-case letters, digits and {@code -}
     * @return its current value, or empty if it was never written, also when the store does not exist yet
     * @throws IllegalArgumentException if the name is anything else
     * @throws IOException if it cannot be read
     */
    Optional<Register> readRegister(String name) throws IOException;

    /**
     * Replaces a register's value if it is still the expected one. Durable when it returns.
     *
     * @param name the register's name: 1 to 64 lower-case letters, digits and {@code -}
     * @param expected the version to replace, or null to create the register
     * @param content the new value, from position to limit, at most 16 MiB; consumed
     * @return the register as written
     * @throws IllegalArgumentException if the name is anything else, or the value too long
     * @throws VersionConflictException if the current value is not the expected one
     * @throws StoreFencedException if the caller's claim is known to be lost
     * @throws IOException if the outcome is unknown
     */
    Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException;

    /**
     * Creates an empty segment and opens it for its one writer. Its name is durable at the latest when the first
     * {@link SegmentWriter#sync} returns.
     *
     * @param id the new segment's id
     * @param expectedBytes for how many bytes it pays to set space aside; a hint: fewer or more may come
     * @return the writer
     * @throws SegmentExistsException if the segment exists, or existed and was fenced
     * @throws IOException if it cannot be created
     */
    SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException;

    /**
     * Makes sure that no earlier writer can add to a segment any more. A seal by such a writer may still land, with
     * nothing new in it. Of a segment that is fenced already: nothing happens. Of one that was never created: it cannot
     * be created any more. Durable when it returns.
     *
     * @param id the segment
     * @throws IOException if it is not known to be fenced
     */
    void fenceSegment(SegmentId id) throws IOException;

    /**
     * Opens a segment for reading, sealed or not.
     *
     * @param id the segment
     * @return a reader, to be closed
     * @throws SegmentNotFoundException if there is none, or only a fence is left of it
     * @throws IOException if it cannot be opened
     */
    SegmentReader openSegment(SegmentId id) throws IOException;

    /**
     * Told when the content that {@link #openSegment} gave of a sealed segment does not verify. A store that has another
     * copy gives that one from now on.
     *
     * @param id the segment
     * @return whether there is another copy that was not given so far; false for a store with one copy of everything
     * @throws IOException if it cannot be told
     */
    default boolean distrustSegment(SegmentId id) throws IOException {
        return false;
    }

    /**
     * Deletes a segment. Of none: nothing happens. A fence stays.
     *
     * @param id the segment
     * @throws IOException if it may still be there
     */
    void deleteSegment(SegmentId id) throws IOException;

    /**
     * Lists the segments, ascending and complete, without ids of which only a fence is left. Empty when the store does
     * not exist yet. The engine uses it to find garbage, never to find the log.
     *
     * <p>Whoever checks a log lists its segments first and opens them after that. So a store may hold a segment that is
     * opened against what it has listed last, and let {@link SegmentReader#claimedSize} tell what is missing. Most readers
     * never list: nothing else may depend on it.
     *
     * @return the ids of all segments
     * @throws IOException if they cannot be listed
     */
    List<SegmentId> listSegments() throws IOException;

    /**
     * Counts of what this store did since it was opened, by name: requests by kind, bytes, backlog. Shown in the
     * statistics of the log.
     *
     * @return a snapshot, possibly empty
     */
    default Map<String, Long> counters() {
        return Map.of();
    }

    /**
     * Lets go of what the store holds in this process. Twice is once. Readers and writers that are still open may fail
     * afterwards.
     *
     * @throws IOException if something could not be let go
     */
    @Override
    void close() throws IOException;
}
