package io.jwal.store.tck.simulator;

/** What can be called on a store, its writers and its readers: where a fault can be planned. */
public enum StoreOperation {
    /** {@link io.jwal.store.Store#claimWriter}. */
    CLAIM,
    /** {@link io.jwal.store.WriterClaim#close}. */
    RELEASE,
    /** {@link io.jwal.store.Store#readRegister}. */
    READ_REGISTER,
    /** {@link io.jwal.store.Store#writeRegister}. */
    WRITE_REGISTER,
    /** {@link io.jwal.store.Store#createSegment}. */
    CREATE,
    /** {@link io.jwal.store.SegmentWriter#append}, also as the first half of {@code appendAndSync}. */
    APPEND,
    /** {@link io.jwal.store.SegmentWriter#sync} and {@code syncAsync}, also as the second half of {@code appendAndSync}. */
    SYNC,
    /** {@link io.jwal.store.SegmentWriter#seal}. */
    SEAL,
    /** {@link io.jwal.store.Store#fenceSegment}. */
    FENCE,
    /** {@link io.jwal.store.Store#openSegment}. */
    OPEN,
    /** {@link io.jwal.store.SegmentReader#size}. */
    SIZE,
    /** {@link io.jwal.store.SegmentReader#read} and {@code slice}. */
    READ,
    /** {@link io.jwal.store.Store#deleteSegment}. */
    DELETE,
    /** {@link io.jwal.store.Store#listSegments}. */
    LIST
}
