package io.jwal.cli.command;

import io.jwal.Entry;
import io.jwal.Wal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Appends many entries in batches: large enough that a sync is shared by thousands, small enough for memory, the next
 * one filled while the log writes the one before.
 */
final class BatchedAppend {
    private static final long BATCH_BYTES = 1 << 20;
    private static final int BATCH_ENTRIES = 8192;

    private final Wal wal;
    private final long batchBytes;
    private final Queue<CompletableFuture<Long>> underWay = new ArrayDeque<>();
    private List<Entry> batch = new ArrayList<>();
    private long bytes;

    /** Appends to a log that takes no larger batches than this. */
    BatchedAppend(Wal wal, long maxBatch) {
        this.wal = wal;
        this.batchBytes = Math.min(BATCH_BYTES, maxBatch);
    }

    /** Adds the next entry. Throws what an earlier one has failed with. */
    void add(Entry entry) {
        int length = entry.bytes().length;
        if (!batch.isEmpty() && (bytes + length > batchBytes || batch.size() == BATCH_ENTRIES)) {
            flush();
        }
        batch.add(entry);
        bytes += length;
    }

    /** Waits until everything that was added is durable. */
    void finish() {
        flush();
        while (!underWay.isEmpty()) {
            join(underWay.remove());
        }
        wal.sync();
    }

    private void flush() {
        if (!batch.isEmpty()) {
            underWay.add(wal.writeAllAsync(batch));
            batch = new ArrayList<>();
            bytes = 0;
        }
        for (CompletableFuture<Long> oldest = underWay.peek();
                oldest != null && oldest.isDone();
                oldest = underWay.peek()) {
            join(underWay.remove());
        }
    }

    private static void join(CompletableFuture<Long> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
