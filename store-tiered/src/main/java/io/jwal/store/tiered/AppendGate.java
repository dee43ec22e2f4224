package io.jwal.store.tiered;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What appends pass: shut for good when the log was taken over, and for a while when the archive is far behind. */
final class AppendGate {
    private final long maxBacklog;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long backlog;
    private volatile @Nullable SegmentId newest;
    private volatile @Nullable String fenced;

    AppendGate(TieredStoreConfig config) {
        maxBacklog = config.maxBacklog() == null
                ? Long.MAX_VALUE
                : config.maxBacklog().bytes();
        patience = Objects.requireNonNull(config.maxBacklogWait());
    }

    /** Lets a batch pass, unless the archive is too far behind. What ends an earlier segment is not held up. */
    void pass(SegmentId segment) throws IOException {
        SegmentId before = newest;
        if (before == null || before.compareTo(segment) < 0) {
            newest = segment;
        } else if (!before.equals(segment)) {
            return;
        }
        if (backlog > maxBacklog) {
            await();
        }
    }

    void checkNotFenced() throws StoreFencedException {
        String why = fenced;
        if (why != null) {
            throw new StoreFencedException(why);
        }
    }

    private void await() throws IOException {
        boolean interrupted = false;
        lock.lock();
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            while (backlog > maxBacklog) {
                checkNotFenced();
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new StoreException("the archive lacks " + backlog + " bytes of sealed segments, more than"
                            + " maxBacklog (" + maxBacklog + "), and has not caught up within maxBacklogWait ("
                            + patience.toMillis()
                            + " ms); see why it is slow or out of reach, then open the log again");
                }
                try {
                    long unused = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true; // the outcome of an append must be known
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many bytes of sealed segments the archive lacks now. */
    void backlog(long bytes) {
        lock.lock();
        try {
            backlog = bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was told last. */
    long backlog() {
        return backlog;
    }

    /** Lets nothing through any more. */
    void fence(String why) {
        lock.lock();
        try {
            fenced = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
