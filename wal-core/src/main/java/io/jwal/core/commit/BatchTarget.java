package io.jwal.core.commit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Where batches go: the hot segment, whichever that is. Called with leadership held, so by one thread at a time. */
public interface BatchTarget {
    /** Whether there is a segment to append to. Any thread may ask. */
    boolean isReady();

    /**
     * Makes sure that there is a segment to append to.
     *
     * @throws io.jwal.WalException if there cannot be one; nothing was changed, or the log has failed
     */
    void prepare();

    /** Whether a batch has to go to the next segment, for the one written now has had enough. */
    boolean isDue(BatchBuffer batch);

    /** Goes on in the next segment. Whatever was synced later in the last one has come back. */
    void roll() throws IOException;

    /**
     * Hands a batch to the store, for the segment written now.
     *
     * @param sync whether it is to be durable when this returns
     */
    void append(BatchBuffer batch, long firstIndex, boolean sync) throws IOException;

    /**
     * The same without waiting for the sync; the batch's memory is free when this returns.
     *
     * @return completes when it is durable, in the order of the calls, or with what the sync failed of
     */
    CompletableFuture<Long> appendAndSyncLater(BatchBuffer batch, long firstIndex) throws IOException;

    /** Makes every batch durable. */
    void sync() throws IOException;
}
