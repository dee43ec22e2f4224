package io.jwal.core.commit;

import io.jwal.WalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Batches that were handed to the store and whose syncs have not come back yet: never more than the store asks for. They
 * end in the order in which they came, whatever the order of the syncs; one that failed fails all behind it, and the log.
 * A sync comes back on a thread of the store, which is not kept.
 */
final class InFlight {
    private final int limit;
    private final Tail tail;
    private final Health health;
    private final Consumer<PendingBatch> ended;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<Flight> flights = new ArrayDeque<>();
    private boolean failing;
    private @Nullable WalException failure;

    /** A batch on its way. Its last index is kept here, for its buffer is filled again by now. */
    private record Flight(PendingBatch batch, long last, CompletableFuture<Long> sync) {
        /** What the sync failed of, once it is done. */
        @Nullable
        Throwable failure() {
            try {
                sync.join();
                return null;
            } catch (CompletionException e) {
                return e.getCause() == null ? e : e.getCause();
            } catch (CancellationException e) {
                return e;
            }
        }
    }

    /**
     * Nothing in flight.
     *
     * @param limit how many batches may be
     * @param ended is told of each batch that has ended, in order
     */
    InFlight(int limit, Tail tail, Health health, Consumer<PendingBatch> ended) {
        this.limit = limit;
        this.tail = tail;
        this.health = health;
        this.ended = ended;
    }

    /** Whether every batch has ended. */
    boolean isEmpty() {
        lock.lock();
        try {
            return flights.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, uninterruptibly, until one more may be in flight. */
    void awaitPlace() {
        awaitAtMost(limit - 1);
    }

    /** Waits, uninterruptibly, until every batch has ended, well or not. */
    void awaitEmpty() {
        awaitAtMost(0);
    }

    private void awaitAtMost(int count) {
        lock.lock();
        try {
            while (flights.size() > count) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a batch that was handed over. With leadership held, after {@link #awaitPlace}.
     *
     * @param last its last index
     * @param sync completes when it is durable; or has failed of a {@link WalException} and so has the log, for a batch
     *     that never was on its way
     */
    void add(PendingBatch batch, long last, CompletableFuture<Long> sync) {
        boolean back = sync.isDone();
        lock.lock();
        try {
            flights.add(new Flight(batch, last, sync));
        } finally {
            lock.unlock();
        }
        if (back) {
            advance(Runnable::run);
        } else {
            CompletableFuture<Long> unused = sync.whenComplete((position, failed) -> advance(InFlight::runElsewhere));
        }
    }

    /** To find out why a sync failed, the log may have to ask the store, whose thread this is. */
    private static void runElsewhere(Runnable task) {
        Thread thread = new Thread(task, "jwal-failure");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends what has come back, up to the first that has not. */
    private void advance(Executor onFailure) {
        List<PendingBatch> done = new ArrayList<>();
        Throwable failed = null;
        lock.lock();
        try {
            while (!failing && !flights.isEmpty() && flights.element().sync.isDone()) {
                Flight first = flights.element();
                Throwable cause = first.failure();
                if (cause != null && failure == null && isUntold(cause)) {
                    failing = true;
                    failed = cause;
                } else {
                    end(first, cause);
                    done.add(first.batch);
                }
            }
        } finally {
            lock.unlock();
        }
        if (!done.isEmpty()) {
            tail.wake();
            done.forEach(PendingBatch::wake);
        }
        if (failed != null) {
            Throwable cause = failed;
            onFailure.execute(() -> fail(cause));
        }
    }

    /** Whether the log has not failed of it yet. A store with a bug throws what only the log itself should. */
    private boolean isUntold(Throwable cause) {
        return health.canWrite() || !(cause instanceof WalException);
    }

    private void end(Flight first, @Nullable Throwable cause) {
        if (cause instanceof WalException answer) {
            failure = failure == null ? answer : failure;
            first.batch.fail(answer);
        } else if (failure != null) {
            first.batch.fail(failure);
        } else {
            tail.harden(first.last);
            first.batch.succeed();
        }
        ended.accept(first.batch);
        flights.remove();
        moved.signalAll();
    }

    private void fail(Throwable cause) {
        WalException answer = health.fail(cause);
        lock.lock();
        try {
            failure = answer;
            failing = false;
        } finally {
            lock.unlock();
        }
        advance(Runnable::run);
    }
}
