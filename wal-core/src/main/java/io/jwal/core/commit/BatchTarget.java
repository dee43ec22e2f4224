package io.jwal.core.commit;

import java.io.IOException;

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

    /**
     * Hands a batch to the store.
     *
     * @param sync whether it is to be durable when this returns
     */
    void append(BatchBuffer batch, long firstIndex, boolean sync) throws IOException;

    /** Makes every batch durable. */
    void sync() throws IOException;
}
