package io.jwal.core.commit;

import io.jwal.Durability;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that commits what nobody waits for: asynchronous appends, and everything where appends do not wait for a
 * sync. It comes with the first such append. Between a first signal and its work it lingers as long as the durability
 * allows, so that a commit gathers more than one append.
 */
final class BackgroundCommit {
    private static final long WRITE_SOON_NANOS = 1_000_000;

    private final Runnable commit;
    private final Runnable sync;
    private final boolean syncsLater;
    private final long linger;
    private final ReentrantLock starting = new ReentrantLock();
    private @Nullable Thread thread;
    private volatile boolean signalled;
    private volatile boolean hurried;
    private volatile boolean closed;

    BackgroundCommit(CommitSettings settings, Runnable commit, Runnable sync) {
        this.commit = commit;
        this.sync = sync;
        this.syncsLater = settings.durability() == Durability.INTERVAL;
        this.linger = switch (settings.durability()) {
            case SYNC -> 0;
            case INTERVAL -> settings.interval().toNanos();
            case NONE -> WRITE_SOON_NANOS;
        };
    }

    /** There is something to commit. */
    void signal() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(started());
        }
    }

    /** The buffer is full: do not linger. */
    void hurry() {
        if (!hurried && linger > 0) {
            hurried = true;
            signalled = true;
            LockSupport.unpark(started());
        }
    }

    private @Nullable Thread started() {
        starting.lock();
        try {
            if (thread == null && !closed) {
                thread = new Thread(this::run, "jwal-commit");
                thread.setDaemon(true);
                thread.start();
            }
            return thread;
        } finally {
            starting.unlock();
        }
    }

    void close() {
        closed = true;
        starting.lock();
        try {
            LockSupport.unpark(thread);
        } finally {
            starting.unlock();
        }
    }

    private void run() {
        while (!closed) {
            if (!signalled) {
                LockSupport.park(this);
                continue;
            }
            long deadline = System.nanoTime() + linger;
            boolean due;
            do {
                linger(deadline);
                hurried = false;
                due = System.nanoTime() - deadline >= 0;
                if (due) {
                    signalled = false;
                }
                commit.run();
            } while (!due && !closed);
            if (syncsLater && !closed) {
                sync.run();
            }
        }
    }

    private void linger(long deadline) {
        long left = deadline - System.nanoTime();
        while (left > 0 && !hurried && !closed) {
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
    }
}
