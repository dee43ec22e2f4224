package io.jwal.core.commit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How far the log has come: accepted into memory, written to the store, durable. Wakes those who wait for the end to
 * move; costs nothing while nobody does.
 */
public final class Tail {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long accepted;
    private volatile long written;
    private volatile long durable;

    /** A tail where everything up to an index is durable. */
    public Tail(long last) {
        reset(last);
    }

    /** The last index that was given out. */
    public long accepted() {
        return accepted;
    }

    /** The last index that the store has. */
    public long written() {
        return written;
    }

    /** The last index that is known to be durable. */
    public long durable() {
        return durable;
    }

    /** Everything ends at an index now, after a cut or a jump. */
    public void reset(long last) {
        accepted = last;
        written = last;
        durable = last;
        wake();
    }

    void accept(long last) {
        accepted = last;
    }

    void write(long last) {
        written = last;
    }

    /** Everything up to an index is durable; never goes back. */
    public void harden(long last) {
        if (last > durable) {
            lock.lock();
            try {
                durable = Math.max(durable, last);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Wakes everyone who waits, to look again. */
    public void wake() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until the end that somebody looks at has reached an index, or for a wake-up that means something else.
     *
     * @param end the end to look at
     * @param index what it has to reach
     * @param stop whether to give up
     * @param nanos how long to wait
     * @return whether it has
     */
    public boolean await(LongSupplier end, long index, BooleanSupplier stop, long nanos) throws InterruptedException {
        if (end.getAsLong() >= index) {
            return true;
        }
        long left = nanos;
        lock.lockInterruptibly();
        waiting.incrementAndGet();
        try {
            while (end.getAsLong() < index && !stop.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return end.getAsLong() >= index;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}
