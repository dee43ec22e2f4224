package io.jwal.core.commit;

import io.jwal.FencedException;
import io.jwal.WalException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many callers share one write and one sync. A caller puts its entries into the open batch and waits; one of those
 * who wait leads: it waits for others ({@link Gathering}), takes the batch, hands it to the hot segment, and wakes exactly
 * those it covered, while the next batch fills. Then it hands leadership on to one who waits for that. In a crowd those who
 * wait do not sleep ({@link Watch}); nobody wakes them then, they look. Nobody leads what nobody waits for but the
 * background. On a store with several syncs in flight leadership goes on before the sync has come back, and who waits is
 * woken when it has.
 *
 * <p>I/O happens only under {@code leadership}, which is taken before the lock of the buffer.
 */
public final class GroupCommit {
    private final CommitSettings settings;
    private final BatchTarget target;
    private final Tail tail;
    private final Health health;
    private final Completions completions = new Completions();
    private final AppendBuffer buffer;
    private final BatchCommit commit;
    private final BackgroundCommit background;
    private final ReentrantLock leadership = new ReentrantLock();
    private final Gathering gathering;
    private final Watch watch;

    /** Something that runs while no append is under way. */
    @FunctionalInterface
    public interface Exclusive {
        /** Runs; may change where the log ends, see {@link #restartAt}. */
        void run() throws IOException;
    }

    /** Begins to accept appends behind the tail. */
    public GroupCommit(CommitSettings settings, BatchTarget target, Tail tail, Health health) {
        this(
                settings,
                target,
                tail,
                health,
                new Company(),
                new Watch(Runtime.getRuntime().availableProcessors()));
    }

    GroupCommit(CommitSettings settings, BatchTarget target, Tail tail, Health health, Company company, Watch watch) {
        this.watch = watch;
        this.settings = settings;
        this.target = target;
        this.tail = tail;
        this.health = health;
        this.buffer = new AppendBuffer(settings, target, tail, health, completions, this::prepareTarget, this::hurry);
        this.gathering = new Gathering(settings, company, watch, buffer, health);
        this.commit = new BatchCommit(settings, buffer, target, tail, health, completions);
        this.background = new BackgroundCommit(settings, this::commitInBackground, this::syncInBackground);
        health.onEnd(this::wakeAll);
    }

    /**
     * Appends contents as one atomic batch and waits as long as the durability asks for.
     *
     * @param expected the index that the first one must get, or 0 for whatever comes next
     * @return the index of the last one
     */
    public long append(Contents contents, long expected) {
        AppendBuffer.Ticket ticket = put(contents, expected, null, true);
        if (ticket == null) {
            throw new IllegalStateException("waited for room and got none");
        }
        return await(ticket);
    }

    /** As {@link #append}, behind something that runs {@link #exclusively}, and before every other append. */
    public long appendFirst(Exclusive before, Contents contents, long expected) {
        return await(putFirst(before, contents, expected, null));
    }

    /** As {@link #appendAsync}, behind something that runs {@link #exclusively}, and before every other append. */
    public CompletableFuture<Long> appendFirstAsync(Exclusive before, Contents contents, long expected) {
        CompletableFuture<Long> promise = new CompletableFuture<>();
        putFirst(before, contents, expected, promise);
        return promise;
    }

    private AppendBuffer.Ticket putFirst(
            Exclusive before, Contents contents, long expected, @Nullable CompletableFuture<Long> promise) {
        AtomicReference<AppendBuffer.Ticket> ticket = new AtomicReference<>();
        exclusively(() -> {
            before.run();
            ticket.set(buffer.putFirst(contents, expected, promise));
        });
        signal(promise != null);
        return ticket.get();
    }

    private long await(AppendBuffer.Ticket ticket) {
        if (settings.syncs()) {
            await(ticket.batch());
        }
        return ticket.lastIndex();
    }

    /**
     * Appends contents as one atomic batch.
     *
     * @param expected the index that the first one must get, or 0 for whatever comes next
     * @param wait whether to wait for room
     * @return completes with the index of the last one; null if there was no room
     */
    public @Nullable CompletableFuture<Long> appendAsync(Contents contents, long expected, boolean wait) {
        CompletableFuture<Long> promise = new CompletableFuture<>();
        return put(contents, expected, promise, wait) == null ? null : promise;
    }

    private AppendBuffer.@Nullable Ticket put(
            Contents contents, long expected, @Nullable CompletableFuture<Long> promise, boolean wait) {
        AppendBuffer.Ticket ticket = buffer.put(contents, expected, promise, wait);
        if (ticket != null) {
            signal(promise != null);
        }
        return ticket;
    }

    /** Something was accepted: tells those who commit what nobody waits for, and those who wait for the end to move. */
    private void signal(boolean promised) {
        if (!settings.syncs()) {
            background.signal();
            tail.wake();
        } else if (promised) {
            background.signal();
        }
    }

    /** Ends the waiting for company: nobody else finds room. */
    private void hurry() {
        gathering.hurry();
        background.hurry();
    }

    private void prepareTarget() {
        leadership.lock();
        try {
            if (!target.isReady()) {
                health.check();
                target.prepare();
            }
        } finally {
            leadership.unlock();
        }
        passOn();
    }

    private void await(PendingBatch batch) {
        gathering.join(batch);
        boolean interrupted = false;
        boolean asleep = false;
        boolean watching = watch.isWorth();
        long began = watching ? System.nanoTime() : 0;
        while (batch.isPending()) {
            boolean yields = watching && leadership.hasQueuedThreads(); // who sleeps for it would never be in time
            if (batch.isOpen() && !yields && leadership.tryLock()) {
                lead(batch);
            } else if (watching) {
                watching = watch.pass(began);
            } else if (asleep) {
                LockSupport.park(batch);
                interrupted |= Thread.interrupted();
            } else {
                batch.addSleeper(Thread.currentThread()); // and looks once more, for nobody has woken it before
                asleep = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        batch.rethrow();
    }

    /** Commits this batch unless another leader was faster. Gives leadership back. */
    private void lead(PendingBatch mine) {
        PendingBatch ended = null;
        try {
            if (mine.isOpen()) {
                gathering.await(mine);
                ended = commitGathered();
            }
        } finally {
            leadership.unlock();
        }
        passOn();
        if (ended != null) {
            ended.wake();
        }
    }

    private @Nullable PendingBatch commitGathered() {
        long began = System.nanoTime();
        PendingBatch ended = commit.commitOpen(true);
        if (ended != null) {
            gathering.ended(ended, System.nanoTime() - began);
        }
        return ended;
    }

    /** Makes sure that somebody leads the batch that has opened meanwhile. */
    private void passOn() {
        PendingBatch next = buffer.open();
        Thread sleeper = next.firstSleeper();
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        } else if (next.promises() > 0 || (!settings.syncs() && !next.isEmpty())) {
            background.signal();
        }
    }

    private void commitInBackground() {
        PendingBatch ended;
        leadership.lock();
        try {
            if (settings.syncs()) {
                delayOpen();
            }
            ended = commit.commitOpen(settings.syncs());
        } finally {
            leadership.unlock();
        }
        passOn();
        if (ended != null) {
            ended.wake();
        }
    }

    private void delayOpen() {
        PendingBatch batch = buffer.open();
        if (batch.firstIndex() <= tail.accepted()) {
            gathering.awaitDelay(batch);
        }
    }

    private void syncInBackground() {
        leadership.lock();
        try {
            syncTarget();
        } catch (WalException e) {
            // The log has failed; whoever calls next is told.
        } finally {
            leadership.unlock();
        }
    }

    /** Hands everything accepted so far to the store, up to an index, without asking that it be durable. */
    public void flush(long index) {
        if (tail.written() < index) {
            withLeadership(() -> commitUpTo(index));
        }
    }

    /** Makes everything accepted so far durable. */
    public void sync() {
        long index = tail.accepted();
        withLeadership(() -> {
            commitUpTo(index);
            syncTarget();
        });
    }

    private void withLeadership(Runnable action) {
        leadership.lock();
        try {
            action.run();
        } finally {
            leadership.unlock();
            passOn();
        }
    }

    private void commitUpTo(long index) {
        while (tail.written() < index && !buffer.open().isEmpty()) { // or the log was cut while this caller waited
            PendingBatch ended = commit.commitOpen(settings.syncs());
            if (ended != null) {
                ended.wake();
                ended.rethrow();
            }
        }
        checkWritten(index);
    }

    private void checkWritten(long index) {
        if (tail.written() < index && !health.canWrite()) {
            throw health.refusal();
        }
    }

    private void syncTarget() {
        commit.inFlight().awaitEmpty();
        if (!health.canWrite()) {
            throw health.refusal();
        }
        if (tail.durable() >= tail.written()) {
            return;
        }
        try {
            target.sync();
            tail.harden(tail.written());
            tail.wake();
        } catch (IOException | RuntimeException | Error e) {
            throw health.fail(e);
        }
    }

    /**
     * Runs something as a barrier: after every append submitted before it is durable, and before every later one.
     *
     * @throws WalException if an earlier append or the action failed
     */
    public void exclusively(Exclusive action) {
        buffer.pause();
        try {
            withLeadership(() -> {
                health.check();
                commitUpTo(tail.accepted());
                syncTarget();
                orFail(action);
            });
        } finally {
            buffer.resume();
        }
    }

    private void orFail(Exclusive action) {
        try {
            action.run();
        } catch (IOException | RuntimeException | Error e) {
            throw answer(e);
        }
    }

    /** What a caller gets; whatever is no answer of the log itself has ended the log. */
    private WalException answer(Throwable cause) {
        return cause instanceof WalException answer && !(cause instanceof FencedException)
                ? answer
                : health.fail(cause);
    }

    /** Within {@link #exclusively}: the next entry gets this index. */
    public void restartAt(long index) {
        buffer.restartAt(index);
    }

    /** Runs something between two commits, unless one is under way now. */
    public void ifIdle(Runnable action) {
        if (leadership.tryLock()) {
            try {
                if (commit.inFlight().isEmpty()) {
                    action.run();
                }
            } finally {
                leadership.unlock();
                passOn();
            }
        }
    }

    /** Everything accepted is written and durable when it returns, or the log had failed; nothing more is accepted. */
    public void close(Exclusive last) {
        try {
            withLeadership(() -> finish(last));
        } finally {
            background.close();
            completions.close();
        }
    }

    private void finish(Exclusive last) {
        try {
            if (health.canWrite()) {
                commitUpTo(tail.accepted());
                syncTarget();
                orFail(last);
            }
        } finally {
            refuseRest();
        }
    }

    /**
     * With leadership held, after a failure and closed: tells those who still wait, before nobody is left who could. No
     * call of the store is under way for a batch afterwards.
     */
    private void refuseRest() {
        while (!buffer.open().isEmpty()) {
            PendingBatch rest = commit.commitOpen(false);
            if (rest != null) {
                rest.wake();
            }
        }
        commit.inFlight().awaitEmpty();
    }

    private void wakeAll() {
        gathering.hurry();
        tail.wake();
        buffer.wake();
        passOn();
    }

    /** How much was accepted so far. */
    public Accepted accepted() {
        return buffer.accepted();
    }
}
