package io.jwal.core.read;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Says what the log is now, to those who read it: a writer of this process knows, a follower looks again and again. */
public interface LogSource {
    /** The segments now. */
    LogView view();

    /**
     * The last index that may be read now.
     *
     * @param wanted the index that somebody wants to read; a follower looks again if it knows of none so far
     */
    long readableEnd(long wanted);

    /** The last index that is durable; {@code wanted} as above. */
    long durableEnd(long wanted);

    /**
     * Whether the log is open, nothing was cut since a reader saw this view, and no end has come nearer. A scan asks for
     * each entry; if the answer is no, it finds out by {@link #checkOpen} and the ends what has happened.
     */
    default boolean stillSees(LogView seen) {
        checkOpen();
        return view() == seen;
    }

    /** Throws if nothing can be read behind the end because the log is damaged there. */
    void checkEnd();

    /** Makes sure that the store has everything up to an index that may be read. */
    void flush(long index);

    /**
     * Waits until an end has reached an index, or the log was cut.
     *
     * @param durable whether it is the durable end, and not the readable one
     * @param index what it has to reach
     * @param cut whether whoever waits should look at the manifest again
     * @param nanos how long to wait
     * @return whether it has
     */
    boolean await(boolean durable, long index, BooleanSupplier cut, long nanos) throws InterruptedException;

    /**
     * Something was not found or did not verify: looks whether the log has changed meanwhile.
     *
     * @param seen the view in which it was missed
     * @return whether there is another view now, in which to try again
     * @throws io.jwal.FencedException if a newer writer has replaced this one
     */
    boolean changedSince(LogView seen) throws IOException;

    /** Readers of sealed segments. */
    SegmentCache segments();

    /** Throws if the log was closed. */
    void checkOpen();
}
