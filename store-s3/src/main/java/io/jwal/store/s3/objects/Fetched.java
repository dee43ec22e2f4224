package io.jwal.store.s3.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

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

    /** How often {@link #verified} asks. */
    int ASKS = 4;

    /**
     * Asks, and asks again up to {@value #ASKS} times in all if what came does not verify: on the way bits flip now and
     * then, on the server they have flipped for good.
     *
     * @param ask fetches the object
     * @param verifies whether the bytes are what was written
     * @return what came back, perhaps still not what was written
     * @throws IOException if asking failed
     */
    static Fetched verified(IoCall<Fetched> ask, Predicate<Found> verifies) throws IOException {
        Fetched fetched = ask.run();
        for (int asked = 1; asked < ASKS && fetched instanceof Found found && !verifies.test(found); asked++) {
            fetched = ask.run();
        }
        return fetched;
    }
}
