package io.jwal.store.tck.simulator;

/** What a medium still knows after a power cut about how far a segment was synced: its {@code claimedSize()}. */
public enum Watermark {
    /** All that was synced. */
    INTACT,
    /** What an earlier sync reached. */
    STALE,
    /** Nothing: 0. */
    LOST,
    /** One of the others, for each segment, by the seed. */
    ANY
}
