package io.jwal.core.commit;

import io.jwal.FencedException;
import io.jwal.OutOfOrderException;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.WalInterruptedException;
import io.jwal.core.format.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many callers share one write and one sync. A caller reserves room in the open batch under a short lock, fills it
 * outside, and waits; one of those who wait leads: it closes the batch, hands it to the hot segment, and wakes exactly
 * those it covered, while the next batch fills. Two batches exist at most, so memory is bounded; who finds no room
 * waits.
 *
 * <p>Lock order: {@code leadership} before {@code lock}. I/O happens only under {@code leadership}.
 */
public final class GroupCommit {
    private final CommitSettings settings;
    private final BatchTarget target;
    private final Tail tail;
    private final Health health;
    private final Completions completions = new Completions();
    private final BackgroundCommit background;

    private final ReentrantLock leadership = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private @Nullable BatchBuffer spare;
    private PendingBatch open;
    private boolean paused;
    private long nextIndex;
    private long acceptedEntries;
    private long acceptedBytes;
    private volatile @Nullable Thread delayed;

    /** A room in a batch: where a call's entries went. */
    private record Ticket(PendingBatch batch, long lastIndex) {}

    /** Something that runs while no append is under way. */
    @FunctionalInterface
    public interface Exclusive {
        /** Runs; may change where the log ends, see {@link #restartAt}. */
        void run() throws IOException;
    }

    /** Begins to accept appends behind the tail. */
    public GroupCommit(CommitSettings settings, BatchTarget target, Tail tail, Health health) {
        this.settings = settings;
        this.target = target;
        this.tail = tail;
        this.health = health;
        this.nextIndex = tail.accepted() + 1;
        this.open = new PendingBatch(new BatchBuffer(), nextIndex);
        this.background = new BackgroundCommit(settings, this::commitInBackground, this::syncInBackground);
        health.onEnd(this::wakeAll);
    }

    /**
     * Appends contents as one atomic batch and waits as long as the durability asks for.
     *
     * @param expected the index that the first one must get, or 0 for whatever comes next
     * @return the index of the last one
     */
    public long append(List<ByteBuffer> contents, long expected) {
        Ticket ticket = submit(contents, expected, null, true);
        if (ticket == null) {
            throw new IllegalStateException("waited for room and got none");
        }
        if (settings.syncs()) {
            await(ticket.batch);
        }
        return ticket.lastIndex;
    }

    /**
     * Appends contents as one atomic batch.
     *
     * @param expected the index that the first one must get, or 0 for whatever comes next
     * @param wait whether to wait for room
     * @return completes with the index of the last one; null if there was no room
     */
    public @Nullable CompletableFuture<Long> appendAsync(List<ByteBuffer> contents, long expected, boolean wait) {
        CompletableFuture<Long> promise = new CompletableFuture<>();
        return submit(contents, expected, promise, wait) == null ? null : promise;
    }

    private @Nullable Ticket submit(
            List<ByteBuffer> contents, long expected, @Nullable CompletableFuture<Long> promise, boolean wait) {
        long bytes = 0;
        for (ByteBuffer content : contents) {
            bytes += content.remaining();
        }
        PendingBatch batch;
        BatchBuffer.Place place;
        long last;
        lock.lock();
        try {
            if (!awaitRoom(contents.size(), bytes, expected, promise != null, wait)) {
                return null;
            }
            batch = open.isEmpty() ? new PendingBatch(open.buffer(), nextIndex) : open;
            open = batch;
            place = batch.buffer().reserve(contents.size(), bytes);
            batch.beginFill();
            nextIndex += contents.size();
            last = nextIndex - 1;
            tail.accept(last);
            acceptedEntries += contents.size();
            acceptedBytes += bytes;
            if (promise != null) {
                promise(batch, promise, last);
            }
            if (isFull(batch)) {
                LockSupport.unpark(delayed);
                background.hurry();
            }
        } finally {
            lock.unlock();
        }
        fill(batch, place, contents);
        if (!settings.syncs()) {
            background.signal();
            tail.wake();
        } else if (promise != null) {
            background.signal();
        }
        return new Ticket(batch, last);
    }

    private static void fill(PendingBatch batch, BatchBuffer.Place place, List<ByteBuffer> contents) {
        try {
            int at = place.at();
            for (ByteBuffer content : contents) {
                at = BatchBuffer.fill(place, at, content);
            }
        } finally {
            batch.endFill();
        }
    }

    /** Waits, with the lock held, until a call's entries may go into the open batch; false if it should not wait. */
    private boolean awaitRoom(int count, long bytes, long expected, boolean async, boolean wait) {
        while (true) {
            health.check();
            if (expected != 0 && expected != nextIndex) {
                throw new OutOfOrderException(nextIndex, expected);
            }
            if (count > Long.MAX_VALUE - nextIndex) {
                throw new WalFailedException(
                        "no indexes are left behind " + (nextIndex - 1) + "; nothing was appended: begin another log",
                        null);
            }
            if (!paused && !target.isReady()) {
                prepare();
            } else if (!paused && fits(count, bytes) && (!async || completions.hasRoom())) {
                return true;
            } else if (wait) {
                awaitChange();
            } else {
                return false;
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitChange() {
        try {
            room.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WalInterruptedException("room in the append buffer");
        }
    }

    /** Creates the first segment, before anything is accepted that would need it. Lets go of the lock meanwhile. */
    private void prepare() {
        lock.unlock();
        leadership.lock();
        try {
            if (!target.isReady()) {
                health.check();
                target.prepare();
            }
        } finally {
            lock.lock();
            leadership.unlock();
        }
        if (open.isEmpty()) {
            nextIndex = tail.accepted() + 1; // what a crash had left may have joined the log just now
        }
    }

    private boolean fits(int count, long bytes) {
        BatchBuffer buffer = open.buffer();
        return open.isEmpty()
                || (buffer.bodyBytes() + bytes + (long) count * Layout.ENTRY_HEADER_BYTES <= settings.maxBytes()
                        && buffer.entries() + count <= Layout.MAX_ENTRIES);
    }

    private boolean isFull(PendingBatch batch) {
        return batch.buffer().bodyBytes() >= settings.maxBytes() - settings.maxBytes() / 8;
    }

    private void promise(PendingBatch batch, CompletableFuture<Long> future, long last) {
        completions.add();
        if (settings.syncs()) {
            batch.promise(future, last);
        } else {
            completions.submit(() -> {
                future.complete(last);
                completed(1);
            });
        }
    }

    private void completed(int count) {
        lock.lock();
        try {
            completions.remove(count);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(PendingBatch batch) {
        batch.addWaiter(Thread.currentThread());
        boolean interrupted = false;
        while (batch.isPending()) {
            if (leadership.tryLock()) {
                lead(batch);
            } else {
                LockSupport.park(batch);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        batch.rethrow();
    }

    /** Commits the open batch, which is this one unless another leader was faster. Gives leadership back. */
    private void lead(PendingBatch mine) {
        PendingBatch ended = null;
        try {
            if (mine.isPending()) {
                delay(mine);
                ended = commitOpen(true);
            }
        } finally {
            leadership.unlock();
        }
        passOn();
        if (ended != null) {
            ended.wake();
        }
    }

    /** Waits for company, if the configuration asks for it. */
    private void delay(PendingBatch batch) {
        long left = settings.maxDelay().toNanos();
        if (left == 0) {
            return;
        }
        boolean interrupted = false;
        delayed = Thread.currentThread();
        while (!fullNow(batch) && health.isOpen()) {
            left = batch.opened() + settings.maxDelay().toNanos() - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(batch, left);
            interrupted |= Thread.interrupted();
        }
        delayed = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean fullNow(PendingBatch batch) {
        lock.lock();
        try {
            return isFull(batch);
        } finally {
            lock.unlock();
        }
    }

    /** With leadership held: closes the open batch and hands it over. Its waiters are still to be woken. */
    private @Nullable PendingBatch commitOpen(boolean sync) {
        PendingBatch batch = takeOpen();
        if (batch == null) {
            return null;
        }
        batch.awaitFilled();
        try {
            if (!health.canWrite()) {
                batch.fail(health.refusal());
            } else {
                target.append(batch.buffer(), batch.firstIndex(), sync);
                tail.write(batch.lastIndex());
                if (sync) {
                    tail.harden(batch.lastIndex());
                }
                batch.succeed();
            }
        } catch (IOException | RuntimeException | Error e) {
            batch.fail(health.fail(e));
        }
        tail.wake();
        if (batch.promises() > 0) {
            completions.submit(() -> {
                batch.keepPromises();
                completed(batch.promises());
            });
        }
        recycle(batch);
        return batch;
    }

    private @Nullable PendingBatch takeOpen() {
        lock.lock();
        try {
            if (open.isEmpty()) {
                return null;
            }
            PendingBatch batch = open;
            BatchBuffer buffer = spare == null ? new BatchBuffer() : spare;
            spare = null;
            open = new PendingBatch(buffer, nextIndex);
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void recycle(PendingBatch batch) {
        lock.lock();
        try {
            batch.buffer().reset();
            spare = batch.buffer();
        } finally {
            lock.unlock();
        }
    }

    /** Makes sure that somebody leads the batch that has opened meanwhile. */
    private void passOn() {
        lock.lock();
        try {
            Thread waiter = open.firstWaiter();
            if (waiter != null) {
                LockSupport.unpark(waiter);
            } else if (!open.isEmpty() && (open.promises() > 0 || !settings.syncs())) {
                background.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void commitInBackground() {
        PendingBatch ended;
        leadership.lock();
        try {
            if (settings.syncs()) {
                delay(openBatch());
            }
            ended = commitOpen(settings.syncs());
        } finally {
            leadership.unlock();
        }
        passOn();
        if (ended != null) {
            ended.wake();
        }
    }

    private PendingBatch openBatch() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void syncInBackground() {
        leadership.lock();
        try {
            syncTarget();
        } catch (WalException e) {
            // The log is poisoned; whoever calls next is told.
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
        while (tail.written() < index) {
            PendingBatch ended = commitOpen(settings.syncs());
            if (ended == null) {
                throw health.refusal();
            }
            ended.wake();
            ended.rethrow();
        }
    }

    private void syncTarget() {
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
        pause();
        leadership.lock();
        try {
            health.check();
            commitUpTo(tail.accepted());
            syncTarget();
            action.run();
        } catch (IOException | FencedException e) {
            throw health.fail(e);
        } finally {
            leadership.unlock();
            resume();
            passOn();
        }
    }

    /** Within {@link #exclusively}: the next entry gets this index. */
    public void restartAt(long index) {
        lock.lock();
        try {
            nextIndex = index;
            open = new PendingBatch(open.buffer(), index);
            tail.reset(index - 1);
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            while (paused) {
                room.awaitUninterruptibly();
            }
            paused = true;
        } finally {
            lock.unlock();
        }
    }

    private void resume() {
        lock.lock();
        try {
            paused = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs something between two commits, unless one is under way now. */
    public void ifIdle(Runnable action) {
        if (leadership.tryLock()) {
            try {
                action.run();
            } finally {
                leadership.unlock();
                passOn();
            }
        }
    }

    /** Everything accepted is written and durable when it returns, or the log had failed; nothing more is accepted. */
    public void close(Exclusive last) {
        leadership.lock();
        try {
            if (health.canWrite()) {
                commitUpTo(tail.accepted());
                syncTarget();
                last.run();
            }
        } catch (IOException | FencedException e) {
            throw health.fail(e);
        } finally {
            leadership.unlock();
            passOn();
            background.close();
            completions.close();
        }
    }

    private void wakeAll() {
        LockSupport.unpark(delayed);
        tail.wake();
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
        passOn();
    }

    /** How many entries were accepted. */
    public long acceptedEntries() {
        return acceptedEntries;
    }

    /** How many bytes of content were accepted. */
    public long acceptedBytes() {
        return acceptedBytes;
    }
}
