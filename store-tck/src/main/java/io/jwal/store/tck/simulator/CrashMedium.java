package io.jwal.store.tck.simulator;

import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * One medium in one machine, modelled in memory. Each {@link #open} is a process of its own, that sees what the contract
 * of {@link Store} lets it see and no more: one that holds a claim all bytes that were appended, any other those that
 * were synced.
 *
 * <p>A crash comes in two kinds. {@link #kill} ends the processes: nothing is lost, but what was not synced may still be
 * lost later. {@link #crash} cuts the power: of everything that was not durable any part may be there and any part
 * missing, as the seed says. What {@code sync}, {@code seal}, {@code writeRegister} or {@code fenceSegment} returned
 * from stays. After either, stores opened before refuse every call, and {@link #open} gives new ones.
 *
 * <pre>{@code
 * CrashMedium medium = new CrashMedium();
 * Store store = medium.open();
 * ...
 * medium.crash(seed);
 * Store again = medium.open();
 * }</pre>
 *
 * <p>Stricter than the contract asks of a store, to find mistakes of its user: it throws {@link IllegalStateException}
 * when a change is made without a claim, or when two threads are in one writer. Readers of a deleted segment answer
 * {@link io.jwal.store.SegmentNotFoundException}. Safe for many threads. Holds every segment whole in memory.
 */
public final class CrashMedium implements LogMedium {
    private final FaultPlan faults = new FaultPlan();
    private final ReentrantLock crashing = new ReentrantLock();
    private volatile CrashState state = new CrashState();
    private volatile StoreTraits traits = StoreTraits.localDefaults();
    private volatile Watermark watermark = Watermark.INTACT;
    private volatile boolean locking;
    private boolean crashingOnClose;
    private long nextSeed;

    /** Makes an empty medium, without locks, whose watermark survives. */
    public CrashMedium() {}

    private CrashMedium(CrashMedium original, CrashState state) {
        this.state = state;
        traits = original.traits;
        watermark = original.watermark;
        locking = original.locking;
    }

    /**
     * Opens a store, as a process would. Changes nothing.
     *
     * @return a store, to be closed
     */
    @Override
    public Store open() {
        return new CrashStore(this, state, traits);
    }

    /**
     * The faults planned for the stores of this medium, and what was called on them.
     *
     * @return always the same plan
     */
    @Override
    public FaultPlan faults() {
        return faults;
    }

    /**
     * Sets what stores opened from now on say of themselves; {@link StoreTraits#localDefaults} at first.
     *
     * @param said the traits
     * @return this
     */
    public CrashMedium traits(StoreTraits said) {
        traits = said;
        return this;
    }

    @Override
    public CrashMedium traits(UnaryOperator<StoreTraits> change) {
        return traits(change.apply(traits));
    }

    /**
     * Sets what {@code claimedSize()} knows after a power cut; {@link Watermark#INTACT} at first.
     *
     * @param kept what it knows
     * @return this
     */
    @Override
    public CrashMedium watermark(Watermark kept) {
        watermark = kept;
        return this;
    }

    /**
     * Sets whether a claim locks the medium, so that a second one is refused; not at first.
     *
     * @param locks whether it does
     * @return this
     */
    @Override
    public CrashMedium locking(boolean locks) {
        locking = locks;
        return this;
    }

    /**
     * From now on the power is cut whenever a store that held a claim is closed, so that every test that closes and
     * opens again is a crash test.
     *
     * @param seed decides the first crash; the next one uses the next number
     * @return this
     */
    @Override
    public CrashMedium crashOnClose(long seed) {
        crashing.lock();
        try {
            crashingOnClose = true;
            nextSeed = seed;
            return this;
        } finally {
            crashing.unlock();
        }
    }

    /** Ends all processes. What they had appended is there, and what was not synced may still be lost by a power cut. */
    @Override
    public void kill() {
        goOn(CrashState::copy);
    }

    /**
     * Cuts the power. Of what was not durable, the seed decides what is there: names created and deletions, sectors of
     * 512 bytes as they were at the last sync or at some append since, lengths with zeros set aside.
     *
     * @param seed the same seed on the same contents gives the same result
     */
    @Override
    public void crash(long seed) {
        goOn(before -> before.after(PowerCut.seeded(seed, watermark)));
    }

    /** Cuts the power, and nothing that was not durable is there. */
    @Override
    public void crashLosingUnsynced() {
        goOn(before -> before.after(PowerCut.losingAll(watermark)));
    }

    /**
     * What {@link #crash} would leave, on another medium: this one goes on. It has the same settings, and a fault plan of
     * its own.
     *
     * @param seed as in {@link #crash}
     * @return the other medium
     */
    @Override
    public CrashMedium crashed(long seed) {
        return new CrashMedium(this, state.after(PowerCut.seeded(seed, watermark)));
    }

    /**
     * Damages one byte of a segment, wherever it is.
     *
     * @param id the segment
     * @param position which byte
     * @param mask the bits to flip
     * @throws IOException if there is no such segment
     */
    @Override
    public void flip(SegmentId id, int position, int mask) throws IOException {
        state.inside(() -> state.find(id).bytes[position] ^= (byte) mask);
    }

    /**
     * Takes bytes from the end of a segment, durable or not.
     *
     * @param id the segment
     * @param length what is left, in bytes
     * @throws IOException if there is no such segment
     */
    @Override
    public void cut(SegmentId id, int length) throws IOException {
        state.inside(() -> state.segments().put(id, state.find(id).cutTo(length)));
    }

    /**
     * Takes a segment away, for good.
     *
     * @param id the segment
     * @throws IOException if there is no such segment
     */
    @Override
    public void lose(SegmentId id) throws IOException {
        state.inside(() -> {
            state.find(id);
            return state.segments().keySet().remove(id);
        });
    }

    /**
     * What is on the medium, for comparing: two that are equal hold the same registers, segments and fences.
     *
     * @return a line for everything, by its kind and name
     */
    @Override
    public Map<String, String> describe() {
        return state.describe();
    }

    @Override
    public boolean can(Ability ability) {
        return true;
    }

    /** Ends all processes. */
    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "a simulated disk";
    }

    boolean isLocking() {
        return locking;
    }

    /** Tells that a writer's store was closed which had been opened on a state, perhaps of before the last crash. */
    void writerClosed(CrashState opened) {
        crashing.lock();
        try {
            if (crashingOnClose && opened == state) {
                crash(nextSeed++);
            }
        } finally {
            crashing.unlock();
        }
    }

    private void goOn(UnaryOperator<CrashState> crash) {
        crashing.lock();
        try {
            state.die();
            state = crash.apply(state);
        } finally {
            crashing.unlock();
        }
    }
}
