package io.jwal.core.commit;

import io.jwal.WalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A batch on its way: who fills it, who waits for it, how it ended. */
final class PendingBatch {
    private enum Outcome {
        PENDING,
        DONE,
        FAILED
    }

    private record Promise(CompletableFuture<Long> future, long index) {}

    private final BatchBuffer buffer;
    private final long firstIndex;
    private final long opened = System.nanoTime();
    private final AtomicInteger filling = new AtomicInteger();
    private final Queue<Thread> sleepers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Promise> promises = new ArrayList<>();
    private volatile int promised;
    private volatile boolean taken;
    private volatile @Nullable Thread closer;
    private volatile Outcome outcome = Outcome.PENDING;
    private @Nullable WalException failure;

    PendingBatch(BatchBuffer buffer, long firstIndex) {
        this.buffer = buffer;
        this.firstIndex = firstIndex;
    }

    BatchBuffer buffer() {
        return buffer;
    }

    long firstIndex() {
        return firstIndex;
    }

    long lastIndex() {
        return firstIndex + buffer.entries() - 1;
    }

    boolean isEmpty() {
        return buffer.entries() == 0;
    }

    /** When its first entry came, by {@link System#nanoTime}. */
    long opened() {
        return opened;
    }

    void beginFill() {
        filling.incrementAndGet();
    }

    void endFill() {
        if (filling.decrementAndGet() == 0) {
            LockSupport.unpark(closer);
        }
    }

    /** Waits until everyone who reserved room has filled it; nobody reserves any more. */
    void awaitFilled() {
        closer = Thread.currentThread();
        boolean interrupted = false;
        while (filling.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A thread waits for it.
     *
     * @return how many do now
     */
    int addWaiter() {
        return waiting.incrementAndGet();
    }

    /** How many threads wait for it. */
    int waiting() {
        return waiting.get();
    }

    /** A thread that waits for it will sleep, but looks once more before: whatever happens after that wakes it. */
    void addSleeper(Thread thread) {
        sleepers.add(thread);
    }

    /** Who is to be woken if nobody leads; null if nobody waits, or all of them {@link Watch}. */
    @Nullable
    Thread firstSleeper() {
        return sleepers.peek();
    }

    /** Has a future completed with the batch. Guarded by the lock under which the room was reserved. */
    void promise(CompletableFuture<Long> future, long index) {
        promises.add(new Promise(future, index));
        promised = promises.size();
    }

    int promises() {
        return promised;
    }

    /** Nobody reserves room in it any more: somebody commits it, or has. */
    void take() {
        taken = true;
    }

    /** Whether it still waits for somebody to lead. */
    boolean isOpen() {
        return !taken;
    }

    boolean isPending() {
        return outcome == Outcome.PENDING;
    }

    void succeed() {
        outcome = Outcome.DONE;
    }

    void fail(WalException cause) {
        failure = cause;
        outcome = Outcome.FAILED;
    }

    /** Wakes everyone who sleeps until it ends. */
    void wake() {
        sleepers.forEach(LockSupport::unpark);
    }

    /** Throws if it failed; each caller gets an exception of its own. */
    void rethrow() {
        WalException cause = failure;
        if (outcome == Outcome.FAILED && cause != null) {
            throw Failures.copy(cause);
        }
    }

    /** Completes the futures, on the thread that is meant for it. */
    void keepPromises() {
        WalException cause = failure;
        for (Promise promise : promises) {
            if (cause == null) {
                promise.future.complete(promise.index);
            } else {
                promise.future.completeExceptionally(Failures.copy(cause));
            }
        }
    }
}
