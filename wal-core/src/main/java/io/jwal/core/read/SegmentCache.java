package io.jwal.core.read;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.jwal.WalStats;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps readers of sealed segments open, weighed by the heap they hold on to. One that is evicted closes when its last
 * user lets go. Threads that miss the same segment open it once.
 */
public final class SegmentCache implements AutoCloseable {
    /** One that was not used for so long goes: a file that it has mapped takes its space even when a store deletes it. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Store store;
    private final AsyncCache<SegmentId, ReadableSegment> cache;
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<SegmentId, Long> distrusted = new ConcurrentHashMap<>();
    private volatile long distrusts;

    /**
     * A cache of a store's segments.
     *
     * @param bytes how much they may weigh together
     */
    public SegmentCache(Store store, long bytes) {
        this(store, bytes, Ticker.systemTicker());
    }

    SegmentCache(Store store, long bytes, Ticker ticker) {
        this.store = store;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<SegmentId, ReadableSegment>weigher((id, segment) -> segment.weight())
                .expireAfterAccess(IDLE)
                .ticker(ticker)
                .scheduler(Scheduler.systemScheduler()) // also while nobody reads
                .executor(Runnable::run)
                .recordStats()
                .removalListener(SegmentCache::removed)
                .buildAsync();
    }

    private static void removed(@Nullable SegmentId id, @Nullable ReadableSegment segment, RemovalCause cause) {
        if (segment != null) {
            segment.release();
        }
    }

    /**
     * A reader of a sealed segment; to be released.
     *
     * @throws IOException if the store cannot open it
     */
    ReadableSegment acquire(LogManifest.Segment named) throws IOException {
        while (true) {
            CompletableFuture<ReadableSegment> mine = new CompletableFuture<>();
            CompletableFuture<ReadableSegment> found = cache.getIfPresent(named.id());
            if (found == null) {
                found = cache.asMap().putIfAbsent(named.id(), mine);
            }
            if (found == null) {
                return load(named, mine);
            }
            ReadableSegment segment = found.join();
            if (segment != null && segment.acquire()) {
                return segment; // else it was evicted, or whoever opened it has failed: this one tries itself
            }
        }
    }

    private ReadableSegment load(LogManifest.Segment named, CompletableFuture<ReadableSegment> mine)
            throws IOException {
        try {
            ReadableSegment segment = ReadableSegment.sealed(store, named);
            segment.acquire(); // for the caller: one that is too heavy for the cache leaves it at once
            mine.complete(segment);
            return segment;
        } catch (IOException | RuntimeException | Error e) {
            mine.complete(null); // forgotten without a word; an exception the cache would log, each time
            throw e;
        }
    }

    /** How many copies were given up so far: asked for before a segment is acquired, it dates what is read from it. */
    long distrusts() {
        return distrusts;
    }

    /**
     * Tells the store that a segment's content does not verify. Of threads that meet the same damage the first one tells,
     * and each is answered alike.
     *
     * @param since what {@link #distrusts} said before the segment was acquired
     * @return whether the store has another copy, which is read from now on
     */
    boolean distrust(SegmentId id, long since) throws IOException {
        asking.lock();
        try {
            if (distrusted.getOrDefault(id, 0L) > since) {
                return true;
            }
            if (!store.distrustSegment(id)) {
                return false;
            }
            cache.synchronous().invalidate(id); // before it is counted: who acquires it after that gets the other copy
            long now = distrusts + 1;
            distrusted.put(id, now);
            distrusts = now;
            return true;
        } finally {
            asking.unlock();
        }
    }

    /** Forgets a segment that was dropped. */
    public void forget(SegmentId id) {
        cache.synchronous().invalidate(id);
        distrusted.remove(id);
    }

    /** What the cache has done. */
    public WalStats.Cache stats() {
        CacheStats stats = cache.synchronous().stats();
        long readers = cache.synchronous().estimatedSize();
        long weight = cache.synchronous()
                .policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return new WalStats.Cache(readers, weight, stats.hitCount(), stats.missCount(), stats.evictionCount());
    }

    /** Closes every reader as soon as its last user lets go. */
    @Override
    public void close() {
        cache.synchronous().invalidateAll();
    }
}
