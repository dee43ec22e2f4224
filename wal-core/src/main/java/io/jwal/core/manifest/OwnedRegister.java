package io.jwal.core.manifest;

import io.jwal.FencedException;
import io.jwal.WalClosedException;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A register that this writer has taken over. Every change is one compare-and-set against the value this writer wrote
 * last, so a writer that was replaced meanwhile finds out and changes nothing. Safe for many threads.
 *
 * @param <T> what the register holds
 */
public final class OwnedRegister<T> {
    private final Store store;
    private final RegisterCodec<T> codec;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile T current;
    private Version version;
    private boolean closed;

    private OwnedRegister(Store store, RegisterCodec<T> codec, T current, Version version) {
        this.store = store;
        this.codec = codec;
        this.current = current;
        this.version = version;
    }

    /**
     * Takes a register over: writes it back with this writer's epoch, again and again while only writers of the epoch
     * that was replaced, or older, have changed it meanwhile.
     *
     * @param found what was read, or empty to create it
     * @param initial what to create it with
     * @param epoch this writer's epoch
     * @param newest the highest epoch that may stand there without this writer being fenced
     * @throws FencedException if a newer writer was faster
     */
    public static <T> TakenOver<T> takeOver(
            Store store, RegisterCodec<T> codec, Optional<Register> found, T initial, long epoch, long newest)
            throws IOException {
        Optional<Register> seen = found;
        while (true) {
            Version expected = seen.map(Register::version).orElse(null);
            T old = seen.isPresent() ? codec.decode(seen.get().content()) : initial;
            if (seen.isPresent() && codec.epoch(old) > newest) {
                throw new FencedException(epoch, codec.epoch(old), null);
            }
            T mine = codec.withEpoch(old, epoch);
            try {
                Register written = store.writeRegister(codec.registerName(), expected, codec.encode(mine));
                return new TakenOver<>(new OwnedRegister<>(store, codec, mine, written.version()), old);
            } catch (VersionConflictException e) {
                seen = store.readRegister(codec.registerName());
                if (seen.isEmpty()) {
                    throw codec.gone(e);
                }
            }
        }
    }

    /**
     * A register just taken over.
     *
     * @param register the register, now owned
     * @param replaced the value that this writer replaced
     */
    public record TakenOver<T>(OwnedRegister<T> register, T replaced) {}

    /** What this writer wrote last. */
    public T current() {
        return current;
    }

    /**
     * Replaces the value. Durable when it returns; nothing is written if the change leaves the value as it is.
     *
     * @param change makes the new value from the current one; called once
     * @return the new value
     * @throws FencedException if a newer writer has taken the register over
     * @throws IOException if the outcome is unknown
     */
    public T update(UnaryOperator<T> change) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new WalClosedException("the log");
            }
            T next = change.apply(current);
            if (next.equals(current)) {
                return next;
            }
            try {
                version = store.writeRegister(codec.registerName(), version, codec.encode(next))
                        .version();
            } catch (VersionConflictException e) {
                long epoch = codec.epoch(next);
                long newer = epochInStore();
                if (newer > epoch) {
                    throw new FencedException(epoch, newer, e);
                }
                throw new StoreException(
                        "the register \"" + codec.registerName()
                                + "\" was changed by something that is no writer of this log",
                        e);
            }
            current = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change under way and allows no more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The epoch that stands in the store now, to tell damage from having been fenced.
     *
     * @throws IOException if it cannot be read
     */
    public long epochInStore() throws IOException {
        Optional<Register> found = store.readRegister(codec.registerName());
        return found.isPresent() ? codec.epoch(codec.decode(found.get().content())) : 0;
    }
}
