package io.jwal.core.commit;

import io.jwal.OutOfOrderException;
import io.jwal.WalFailedException;
import io.jwal.WalInterruptedException;
import io.jwal.core.format.Layout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open batch, and who may put entries into it. Gives out indexes. A call reserves room under a short lock and fills
 * it outside; who finds no room waits. Beside the open batch one more exists at most, so memory is bounded.
 */
final class AppendBuffer {
    private final CommitSettings settings;
    private final BatchTarget target;
    private final Tail tail;
    private final Health health;
    private final Completions completions;
    private final Runnable preparation;
    private final Runnable hurry;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private PendingBatch open;
    private @Nullable BatchBuffer spare;
    private boolean paused;
    private boolean crowded;
    private boolean preparing;
    private long nextIndex;
    private long entries;
    private long bytes;

    /**
     * What a call got.
     *
     * @param batch the batch that its entries are in
     * @param lastIndex the index of the last of them
     */
    record Ticket(PendingBatch batch, long lastIndex) {}

    /**
     * An empty buffer behind the tail.
     *
     * @param preparation makes the target ready; called without the lock
     * @param hurry tells a leader who waits for company that nobody else finds room
     */
    AppendBuffer(
            CommitSettings settings,
            BatchTarget target,
            Tail tail,
            Health health,
            Completions completions,
            Runnable preparation,
            Runnable hurry) {
        this.settings = settings;
        this.target = target;
        this.tail = tail;
        this.health = health;
        this.completions = completions;
        this.preparation = preparation;
        this.hurry = hurry;
        this.nextIndex = tail.accepted() + 1;
        this.open = new PendingBatch(new BatchBuffer(), nextIndex);
    }

    /**
     * Puts contents into the open batch, all of them or none.
     *
     * @param expected the index that the first one must get, or 0 for whatever comes next
     * @param promise completes with the last index when an append would return, or null
     * @param wait whether to wait for room
     * @return null if there was no room and it should not wait
     */
    @Nullable
    Ticket put(Contents contents, long expected, @Nullable CompletableFuture<Long> promise, boolean wait) {
        Reserved reserved;
        lock.lock();
        try {
            if (!awaitRoom(contents.count(), contents.bytes(), expected, promise != null, wait)) {
                return null;
            }
            reserved = reserve(contents.count(), contents.bytes(), promise);
        } finally {
            lock.unlock();
        }
        return fill(reserved, contents);
    }

    /**
     * While paused by the caller, who leads: puts contents into the batch that is open and empty, before anybody else's.
     *
     * @param expected the index that the first one must get
     * @param promise completes with the last index when an append would return, or null
     */
    Ticket putFirst(Contents contents, long expected, @Nullable CompletableFuture<Long> promise) {
        Reserved reserved;
        lock.lock();
        try {
            check(contents.count(), expected);
            if (!target.isReady()) {
                prepare();
            }
            reserved = reserve(contents.count(), contents.bytes(), promise);
        } finally {
            lock.unlock();
        }
        return fill(reserved, contents);
    }

    private record Reserved(Ticket ticket, BatchBuffer.Place place) {}

    /** Gives out indexes and room for them, with the lock held. */
    private Reserved reserve(int count, long size, @Nullable CompletableFuture<Long> promise) {
        PendingBatch batch = open.isEmpty() ? new PendingBatch(open.buffer(), nextIndex) : open;
        BatchBuffer.Place place = batch.buffer().reserve(count, size);
        open = batch;
        batch.beginFill();
        nextIndex += count;
        tail.accept(nextIndex - 1);
        entries += count;
        bytes += size;
        Ticket ticket = new Ticket(batch, nextIndex - 1);
        if (promise != null) {
            promise(ticket, promise);
        }
        hurryIfFull();
        return new Reserved(ticket, place);
    }

    private Ticket fill(Reserved reserved, Contents contents) {
        PendingBatch batch = reserved.ticket.batch;
        try {
            contents.fill(reserved.place);
        } catch (RuntimeException | Error e) {
            throw health.fail(e); // what others put before and behind the place must not be written with it
        } finally {
            batch.endFill();
        }
        return reserved.ticket;
    }

    /** Waits, with the lock held, until a call's entries may go into the open batch; false if it should not wait. */
    private boolean awaitRoom(int count, long size, long expected, boolean async, boolean wait) {
        while (true) {
            check(count, expected);
            if (!paused && !preparing && !target.isReady()) {
                prepare();
            } else if (!paused && target.isReady() && fits(count, size) && (!async || completions.hasRoom())) {
                return true;
            } else {
                crowded |= !paused && !preparing;
                hurryIfFull();
                if (!wait) {
                    return false;
                }
                awaitChange();
            }
        }
    }

    private void check(int count, long expected) {
        health.check();
        if (expected != 0 && expected != nextIndex) {
            throw new OutOfOrderException(nextIndex, expected);
        }
        if (nextIndex > Long.MAX_VALUE - count) {
            throw new WalFailedException("the log has used up its indexes; nothing was appended", null);
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

    /** Has the first segment created before anything is accepted that needs it. Lets go of the lock meanwhile. */
    private void prepare() {
        preparing = true; // others wait for room, not for leadership: a leader may be waiting for them
        lock.unlock();
        try {
            preparation.run();
        } finally {
            lock.lock();
            preparing = false;
            room.signalAll();
        }
        if (open.isEmpty()) {
            nextIndex = tail.accepted() + 1; // what a crash had left may have joined the log just now
        }
    }

    private boolean fits(int count, long size) {
        BatchBuffer buffer = open.buffer();
        return open.isEmpty()
                || (buffer.bodyBytes() + size + (long) count * Layout.ENTRY_HEADER_BYTES <= settings.maxBytes()
                        && buffer.entries() + count <= Layout.MAX_ENTRIES);
    }

    private void hurryIfFull() {
        if (isFullNow()) {
            hurry.run();
        }
    }

    private boolean isFullNow() {
        return crowded || open.buffer().bodyBytes() >= settings.maxBytes() - settings.maxBytes() / 8;
    }

    private void promise(Ticket ticket, CompletableFuture<Long> future) {
        completions.add();
        if (settings.syncs()) {
            ticket.batch.promise(future, ticket.lastIndex);
        } else {
            completions.submit(() -> {
                future.complete(ticket.lastIndex);
                completed(1);
            });
        }
    }

    /** So many futures were completed. */
    void completed(int count) {
        lock.lock();
        try {
            completions.remove(count);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The batch that is open now. */
    PendingBatch open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the open batch should not wait for company any more. */
    boolean isFull() {
        lock.lock();
        try {
            return isFullNow();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the open batch to be committed, if there is anything in it, and opens another. */
    @Nullable
    PendingBatch take() {
        lock.lock();
        try {
            if (open.isEmpty()) {
                return null;
            }
            PendingBatch batch = open;
            batch.take();
            BatchBuffer buffer = spare == null ? new BatchBuffer() : spare;
            spare = null;
            crowded = false;
            open = new PendingBatch(buffer, nextIndex);
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the memory of a committed batch back. */
    void recycle(PendingBatch batch) {
        lock.lock();
        try {
            batch.buffer().reset();
            spare = batch.buffer();
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing until {@link #resume}; one caller at a time. */
    void pause() {
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

    /** Accepts entries again. */
    void resume() {
        lock.lock();
        try {
            paused = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** While paused and empty: the next entry gets this index, and everything before it is durable. */
    void restartAt(long index) {
        lock.lock();
        try {
            nextIndex = index;
            open = new PendingBatch(open.buffer(), index);
            tail.reset(index - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Has everyone who waits for room look again. */
    void wake() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How much was accepted so far. */
    Accepted accepted() {
        lock.lock();
        try {
            return new Accepted(entries, bytes);
        } finally {
            lock.unlock();
        }
    }
}
