package io.jwal.store.s3.objects;

import java.nio.ByteBuffer;

/** What a request for an object came back with. */
public sealed interface Fetched {
    /**
     * The object is there.
     *
     * @param tag its entity tag
     * @param size its whole length in bytes
     * @param bytes those of the range that lie within it, from position 0 to limit; the caller's own
     */
    record Found(String tag, long size, ByteBuffer bytes) implements Fetched {}

    /** There is no such object. */
    record Absent() implements Fetched {}

    /** It is still the one that is known. */
    record Unchanged() implements Fetched {}

    /** There is an object, but not the expected one. */
    record Replaced() implements Fetched {}
}
