package io.jwal.core.commit;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The time before a commit in which others may join its batch: as long as the configuration says, or as long as
 * {@link Company} is worth it. Whoever leads waits here, with leadership held; whoever joins ends that when it is the last.
 */
final class Gathering {
    private final CommitSettings settings;
    private final Company company;
    private final Watch watch;
    private final AppendBuffer buffer;
    private final Health health;
    private volatile @Nullable Thread leader;
    private volatile int wanted;

    Gathering(CommitSettings settings, Company company, Watch watch, AppendBuffer buffer, Health health) {
        this.settings = settings;
        this.company = company;
        this.watch = watch;
        this.buffer = buffer;
        this.health = health;
    }

    /** Adds the calling thread to those who wait for a batch. */
    void join(PendingBatch batch) {
        if (batch.addWaiter() == wanted) {
            hurry();
        }
    }

    /** Has whoever waits here look again whether it can pay. */
    void hurry() {
        LockSupport.unpark(leader);
    }

    /** Waits for whoever may join a batch that threads wait for. */
    void await(PendingBatch batch) {
        if (settings.maxDelay().isZero()) {
            awaitCompany(batch);
        } else {
            awaitDelay(batch);
        }
    }

    /** Waits for whoever may join a batch, as long as the configuration says. */
    void awaitDelay(PendingBatch batch) {
        long most = settings.maxDelay().toNanos();
        if (most > 0) {
            await(batch, batch.opened() + most, Integer.MAX_VALUE);
        }
    }

    private void awaitCompany(PendingBatch batch) {
        long patience = company.nextPatience(batch.waiting());
        if (patience > 0) {
            long until = System.nanoTime() + patience;
            await(batch, until, company.expected());
            company.came(batch.waiting(), System.nanoTime() - until);
        }
    }

    /** Waits until that time, by {@link System#nanoTime}, or for so many threads; less if it cannot pay any more. */
    private void await(PendingBatch batch, long until, int threads) {
        boolean interrupted = false;
        leader = Thread.currentThread();
        wanted = threads;
        long began = System.nanoTime();
        long left = until - began;
        boolean watching = watch.isWorth();
        while (left > 0 && canPay(batch, threads)) {
            if (watching) {
                watching = watch.pass(began);
            } else {
                LockSupport.parkNanos(batch, left);
                interrupted |= Thread.interrupted();
            }
            left = until - System.nanoTime();
        }
        wanted = 0;
        leader = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for the buffer first: who waits for its lock uses up the permit of whoever has come meanwhile. */
    private boolean canPay(PendingBatch batch, int threads) {
        return !buffer.isFull() && health.isOpen() && batch.waiting() < threads;
    }

    /**
     * A commit has ended; who was covered by it, or waits for the next one already, is company for that. A few may be both.
     *
     * @param nanos how long it took
     */
    void ended(PendingBatch batch, long nanos) {
        int covered = batch.waiting();
        int waiting = buffer.open().waiting();
        company.ended(covered, waiting, nanos);
        if (settings.maxDelay().isZero()) { // else nobody knows how long the next one will be waited for
            watch.ended(covered + waiting, nanos);
        }
    }
}
