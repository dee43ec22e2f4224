package io.jwal.store.s3.read;

import io.jwal.store.s3.format.BlockChecksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stored runs of one segment, each beginning where another ends, read through the cache and ahead of one who reads
 * forward. Safe for many threads.
 */
public final class StoredRuns implements Pieces {
    /** Beside those ahead: as many as a large batch and its neighbours lie in. */
    private static final int KEPT = 4;

    private final BlockCache cache;
    private final NavigableMap<Long, StoredBytes> runs = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, CompletableFuture<BlockCache.Block>> near = new Near();
    private long forward = -1;

    /**
     * The blocks that were used last, by where they begin: a cache that thinks of all readers may refuse what this one
     * needs again at once.
     */
    private final class Near extends LinkedHashMap<Long, CompletableFuture<BlockCache.Block>> {
        private static final long serialVersionUID = 1L;

        Near() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CompletableFuture<BlockCache.Block>> eldest) {
            return size() > KEPT + cache.readAhead();
        }
    }

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
        CompletableFuture<BlockCache.Block> loading = loading(run, number);
        ByteBuffer block;
        try {
            block = cache.await(loading);
        } catch (IOException e) {
            forget(start(run, number));
            throw e;
        }
        int at = (int) (within % BlockChecksums.BLOCK);
        return block.slice(at, block.limit() - at);
    }

    private CompletableFuture<BlockCache.Block> loading(StoredBytes run, int number) {
        long start = start(run, number);
        lock.lock();
        try {
            if (start == forward) { // one who reads block after block, or part after part
                for (int next = number + 1; next <= number + cache.readAhead() && run.blockBytes(next) > 0; next++) {
                    CompletableFuture<BlockCache.Block> unused = near(run, next);
                }
            }
            forward = start + run.blockBytes(number);
            return near(run, number);
        } finally {
            lock.unlock();
        }
    }

    private static long start(StoredBytes run, int number) {
        return run.start() + (long) number * BlockChecksums.BLOCK;
    }

    private CompletableFuture<BlockCache.Block> near(StoredBytes run, int number) {
        long start = start(run, number);
        CompletableFuture<BlockCache.Block> known = near.get(start);
        if (known != null && BlockCache.hasFailed(known)) {
            near.remove(start); // fetched ahead in vain, while nobody needed it
        }
        return near.computeIfAbsent(start, absent -> cache.load(run, number));
    }

    private void forget(long start) {
        lock.lock();
        try {
            near.remove(start); // if another has begun anew meanwhile, it is in the cache
        } finally {
            lock.unlock();
        }
    }
}
