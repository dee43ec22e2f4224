package io.jwal.crash;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Keeps the log's own threads out of the disk while the thread that uses the log is at work, so that a run repeats:
 * they go on when that thread waits, or is between two steps. And keeps all of them out while a crash is looked at.
 */
final class Turns {
    private static final long LOOK_NANOS = 20_000;

    private final Thread user = Thread.currentThread();
    private final ReentrantLock look = new ReentrantLock();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean busy;

    void begin() {
        busy = true;
    }

    void end() {
        busy = false;
    }

    boolean isUser() {
        return Thread.currentThread() == user;
    }

    /** Before a call of the disk: returns when it is this thread's turn. */
    void await() {
        if (isUser()) {
            return;
        }
        waiting.incrementAndGet();
        while (look.isLocked() || (busy && user.getState() == Thread.State.RUNNABLE)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        waiting.decrementAndGet();
    }

    /** Returns when a thread of the log wants to go on, or need not any more. */
    void awaitOther(BooleanSupplier needless) {
        while (waiting.get() == 0 && !needless.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** Looks at something while nothing moves. */
    void look(Runnable at) {
        look.lock();
        try {
            at.run();
        } finally {
            look.unlock();
        }
    }
}
