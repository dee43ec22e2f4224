package io.jwal.store;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** What the engine lends to a store for as long as it is open. */
public interface StoreContext {
    /**
     * Opens a nested store, for stores that combine others. The caller closes it.
     *
     * @param spec the nested store, from the configuration
     * @return the store
     * @throws IOException if it cannot be opened
     */
    Store open(StoreSpec spec) throws IOException;

    /**
     * The time that the log lives by.
     *
     * @return a clock
     */
    Clock clock();

    /**
     * Where the store says what an operator should know. Never credentials.
     *
     * @return a logger named after the log
     */
    System.Logger logger();

    /**
     * Where the store reports what it measures.
     *
     * @return a sink that never throws
     */
    MetricsSink metrics();

    /**
     * Whether whoever opens the log allows a store that guards against being taken over by mistake to be taken over.
     *
     * @return false unless it was asked for
     */
    default boolean takeover() {
        return false;
    }

    /**
     * Verifies the content of a segment, for stores that keep copies of segments without knowing what is in them. Reads
     * every byte, in little memory.
     *
     * @param named the segment as a manifest names it. Of a sealed one all must be right, to its last byte. An open one
     *     must consist of whole batches
     * @param content the bytes, on the store or a copy
     * @param bytes how many of them make up the segment, or the part of an open one that was synced
     * @return the segment with the range and times of what was verified, or empty if that is a header and no entry
     * @throws io.jwal.CorruptLogException if anything does not verify
     * @throws io.jwal.UnsupportedFormatException if a newer version of JWal wrote the segment
     * @throws IOException if it cannot be read
     */
    default Optional<LogManifest.Segment> verify(LogManifest.Segment named, SegmentReader content, long bytes)
            throws IOException {
        throw new UnsupportedOperationException(
                "only the engine knows what is in a segment; this context is none of its");
    }
}
