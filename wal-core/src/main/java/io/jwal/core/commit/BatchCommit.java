package io.jwal.core.commit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes the open batch and hands it to the hot segment. Where the store takes one sync at a time, the batch has ended
 * when that returns; where it takes several, the batch is in flight then, and the next one may follow. With leadership
 * held.
 */
final class BatchCommit {
    private final boolean pipelined;
    private final AppendBuffer buffer;
    private final BatchTarget target;
    private final Tail tail;
    private final Health health;
    private final Completions completions;
    private final InFlight inFlight;

    BatchCommit(
            CommitSettings settings,
            AppendBuffer buffer,
            BatchTarget target,
            Tail tail,
            Health health,
            Completions completions) {
        this.pipelined = settings.syncs() && settings.syncsInFlight() > 1;
        this.buffer = buffer;
        this.target = target;
        this.tail = tail;
        this.health = health;
        this.completions = completions;
        this.inFlight = new InFlight(settings.syncsInFlight(), tail, health, this::keepPromises);
    }

    /** What was handed over and has not ended. */
    InFlight inFlight() {
        return inFlight;
    }

    /**
     * Hands the open batch over, if there is anything in it.
     *
     * @param sync whether it is to be durable when it ends
     * @return the batch if it has ended, its waiters still to be woken; null if it is in flight or there was none
     */
    @Nullable
    PendingBatch commitOpen(boolean sync) {
        if (pipelined) {
            launchOpen();
            return null;
        }
        PendingBatch batch = buffer.take();
        if (batch == null) {
            return null;
        }
        batch.awaitFilled();
        try {
            if (health.canWrite()) {
                if (target.isDue(batch.buffer())) {
                    target.roll();
                }
                target.append(batch.buffer(), batch.firstIndex(), sync);
                tail.write(batch.lastIndex());
                if (sync) {
                    tail.harden(batch.lastIndex());
                }
                batch.succeed();
            } else {
                batch.fail(health.refusal());
            }
        } catch (IOException | RuntimeException | Error e) {
            batch.fail(health.fail(e));
        }
        tail.wake();
        keepPromises(batch);
        buffer.recycle(batch);
        return batch;
    }

    /** Waits for a place first: until then the batch goes on gathering. */
    private void launchOpen() {
        inFlight.awaitPlace();
        PendingBatch batch = buffer.take();
        if (batch != null) {
            batch.awaitFilled();
            long last = batch.lastIndex();
            CompletableFuture<Long> sync = launch(batch);
            buffer.recycle(batch);
            inFlight.add(batch, last, sync);
        }
    }

    private CompletableFuture<Long> launch(PendingBatch batch) {
        try {
            if (target.isDue(batch.buffer())) {
                inFlight.awaitEmpty(); // no segment is synced before all of the earlier one is
                if (health.canWrite()) {
                    target.roll();
                }
            }
            if (!health.canWrite()) {
                return CompletableFuture.failedFuture(health.refusal());
            }
            CompletableFuture<Long> sync = target.appendAndSyncLater(batch.buffer(), batch.firstIndex());
            tail.write(batch.lastIndex());
            return sync;
        } catch (IOException | RuntimeException | Error e) {
            return CompletableFuture.failedFuture(health.fail(e));
        }
    }

    /** Has the futures of a batch that has ended completed. */
    private void keepPromises(PendingBatch batch) {
        int promises = batch.promises();
        if (promises > 0) {
            completions.submit(() -> {
                batch.keepPromises();
                buffer.completed(promises);
            });
        }
    }
}
