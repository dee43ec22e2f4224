package io.jwal.store.tiered;

import io.jwal.store.ByteSize;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How fast the archiver may go, when it may go on, and when it has to stop. Its thread waits here and nowhere else. */
final class Pace {
    private final double bytesPerNano;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long free = System.nanoTime();
    private boolean woken;
    private boolean stopping;
    private long deadline;

    /**
     * A pace.
     *
     * @param rate bytes a second, or null for as fast as it goes
     */
    Pace(@Nullable ByteSize rate) {
        bytesPerNano = rate == null ? 0 : rate.bytes() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** The archiver has to stop before it is done. */
    static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("the log was closed before the archive had all; the rest follows when it is opened again");
        }
    }

    /**
     * Waits until so many bytes may be moved.
     *
     * @throws StoppedException if the archiver has to stop
     */
    void take(long bytes) throws StoppedException {
        lock.lock();
        try {
            while (true) {
                long now = System.nanoTime();
                if (stopping && now - deadline >= 0) {
                    throw new StoppedException();
                }
                if (bytesPerNano == 0 || now - free >= 0) {
                    free = Math.max(free, now) + (bytesPerNano == 0 ? 0 : (long) (bytes / bytesPerNano));
                    return;
                }
                try {
                    long unused = changed.awaitNanos(stopping ? Math.min(free - now, deadline - now) : free - now);
                } catch (InterruptedException e) {
                    woken = true; // nobody does this on purpose, and stop() alone ends the archiver
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a time has passed, or the archiver has to stop.
     *
     * @param wakeful whether to go on at once when there is something to do; not after a failure, or a busy log would
     *     make it try again all the time
     */
    void rest(long nanos, boolean wakeful) {
        lock.lock();
        try {
            long end = System.nanoTime() + nanos;
            while (!(woken && wakeful) && !stopping && end - System.nanoTime() > 0) {
                long unused = changed.awaitNanos(end - System.nanoTime());
            }
            woken = false;
        } catch (InterruptedException e) {
            woken = false; // nobody does this on purpose, and it harms nothing: it looks once more than it had to
        } finally {
            lock.unlock();
        }
    }

    /** There is something to do. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The archiver has to stop as soon as nothing is left to do, or a time has passed. */
    void stop(long nanos) {
        lock.lock();
        try {
            if (!stopping) {
                stopping = true;
                deadline = System.nanoTime() + nanos;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }
}
