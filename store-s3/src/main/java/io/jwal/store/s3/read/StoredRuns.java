package io.jwal.store.s3.read;

import io.jwal.store.s3.format.BlockChecksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Stored runs of one segment, each beginning where another ends, read through the cache and ahead of one who reads
 * forward. Safe for many threads.
 */
public final class StoredRuns implements Pieces {
    private final BlockCache cache;
    private final NavigableMap<Long, StoredBytes> runs = new ConcurrentSkipListMap<>();
    private volatile long forward = -1;

    /** None so far. */
    public StoredRuns(BlockCache cache) {
        this.cache = cache;
    }

    /** Adds a run behind the others. */
    public void add(StoredBytes run) {
        runs.put(run.start(), run);
    }

    @Override
    public ByteBuffer from(long position) throws IOException {
        Map.Entry<Long, StoredBytes> found = runs.floorEntry(position);
        if (found == null) {
            throw new IllegalStateException("nothing is stored at position " + position);
        }
        StoredBytes run = found.getValue();
        long within = position - run.start();
        int number = (int) (within / BlockChecksums.BLOCK);
        readAhead(run, number);
        ByteBuffer block = cache.block(run, number);
        int at = (int) (within % BlockChecksums.BLOCK);
        return block.slice(at, block.limit() - at);
    }

    /** For one who reads block after block, or part after part. Two at once may mislead it, which costs requests alone. */
    private void readAhead(StoredBytes run, int number) {
        long start = run.start() + (long) number * BlockChecksums.BLOCK;
        if (start == forward) {
            for (int next = number + 1; next <= number + cache.readAhead() && run.blockBytes(next) > 0; next++) {
                cache.prepare(run, next);
            }
        }
        forward = start + run.blockBytes(number);
    }
}
