package io.jwal.store.tck.simulator;

import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.opentest4j.TestAbortedException;

/**
 * Where the log of a test lies, so that one test runs on a simulated disk and on a real server: opens stores, ends their
 * processes, makes their calls fail or wait, and damages what is there. What a medium cannot do it says by a
 * {@link TestAbortedException}, which leaves the test out.
 */
public interface LogMedium extends AutoCloseable {
    /** What not every medium can do. */
    enum Ability {
        /** A crash may leave any part of what was not synced. */
        TEAR("leave a part of what was not synced"),
        /** What {@code claimedSize()} knows after a crash can be chosen. */
        WATERMARK("be told what its stores remember of their syncs"),
        /** A claim can keep out every other. */
        LOCK("refuse a second writer"),
        /** A second writer can open the log while the first still believes that it has it. */
        TAKE_OVER("let a second writer in"),
        /** What lies around a damaged byte can be read. */
        HURT_ONE_BYTE("read what lies around a damaged byte");

        private final String what;

        Ability(String what) {
            this.what = what;
        }
    }

    /**
     * Whether it can do something.
     *
     * @param ability what
     * @return true if it can
     */
    boolean can(Ability ability);

    /**
     * Leaves the test out if this medium cannot do something.
     *
     * @param ability what
     * @throws TestAbortedException if it cannot
     */
    default void needs(Ability ability) {
        if (!can(ability)) {
            throw new TestAbortedException(this + " cannot " + ability.what);
        }
    }

    /**
     * Opens a store, as a process would. Changes nothing.
     *
     * @return a store, to be closed
     */
    Store open();

    /**
     * The faults planned for the stores of this medium, and what was called on them.
     *
     * @return always the same plan
     */
    FaultPlan faults();

    /**
     * Changes what stores opened from now on say of themselves.
     *
     * @param change makes it of what they say by themselves
     * @return this
     */
    LogMedium traits(UnaryOperator<StoreTraits> change);

    /**
     * Sets what {@code claimedSize()} knows after a power cut. Needs {@link Ability#WATERMARK}.
     *
     * @param kept what it knows
     * @return this
     */
    LogMedium watermark(Watermark kept);

    /**
     * Sets whether a claim locks the medium, so that a second one is refused; not at first. Needs {@link Ability#LOCK}.
     *
     * @param locks whether it does
     * @return this
     */
    LogMedium locking(boolean locks);

    /**
     * From now on the power is cut whenever a store that held a claim is closed, so that every test that closes and
     * opens again is a crash test.
     *
     * @param seed decides the first crash; the next one uses the next number
     * @return this
     */
    LogMedium crashOnClose(long seed);

    /** Ends all processes. What they have asked for already may still happen. */
    void kill();

    /**
     * Cuts the power. Of what was not durable, the seed decides what is there, where there is a choice.
     *
     * @param seed the same seed on the same contents gives the same result
     */
    void crash(long seed);

    /** Cuts the power, and nothing that was not durable is there. */
    void crashLosingUnsynced();

    /**
     * What {@link #crash} would leave, on another medium: this one goes on. Needs {@link Ability#TEAR}.
     *
     * @param seed as in {@link #crash}
     * @return the other medium
     */
    LogMedium crashed(long seed);

    /**
     * Damages one byte of a segment, wherever it is.
     *
     * @param id the segment
     * @param position which byte
     * @param mask the bits to flip
     * @throws IOException if there is no such segment
     */
    void flip(SegmentId id, int position, int mask) throws IOException;

    /**
     * Takes bytes from the end of a segment, durable or not.
     *
     * @param id the segment
     * @param length what is left, in bytes
     * @throws IOException if there is no such segment
     */
    void cut(SegmentId id, int length) throws IOException;

    /**
     * Takes a segment away, for good.
     *
     * @param id the segment
     * @throws IOException if there is no such segment
     */
    void lose(SegmentId id) throws IOException;

    /**
     * What is on the medium, for comparing: two that are equal hold the same.
     *
     * @return a line for everything, by its kind and name
     */
    Map<String, String> describe();

    /** Lets go of what it holds; the processes end. */
    @Override
    void close();
}
