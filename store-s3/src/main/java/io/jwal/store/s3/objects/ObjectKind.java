package io.jwal.store.s3.objects;

/** What an object is for. */
public enum ObjectKind {
    /** Read and replaced often, or soon deleted: registers, parts, fences, probes. */
    WORKING,
    /** A sealed segment: read rarely, kept long, never changed. */
    SEALED
}
