package io.jwal.store.s3.read;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps verified blocks in memory, weighed in bytes. Threads that miss the same block fetch it once. Safe for many
 * threads.
 */
public final class BlockCache {
    private final ObjectStorage storage;
    private final Requests requests;
    private final int readAhead;
    private final AsyncCache<Place, Block> cache;

    private record Place(String key, String tag, int number) {}

    /** Bytes or why there are none: an exception in a future the cache would log, each time. */
    record Block(@Nullable ByteBuffer bytes, @Nullable IOException failure) {}

    /**
     * An empty cache.
     *
     * @param bytes how much it may keep
     * @param readAhead how many blocks are fetched ahead of one who reads forward
     */
    public BlockCache(ObjectStorage storage, Requests requests, long bytes, int readAhead) {
        this.storage = storage;
        this.requests = requests;
        this.readAhead = readAhead;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<Place, Block>weigher((place, block) -> weight(block))
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
    }

    private static int weight(Block block) {
        return block.bytes == null ? 0 : block.bytes.capacity();
    }

    /** How many blocks are fetched ahead of one who reads forward. */
    int readAhead() {
        return readAhead;
    }

    /** Whether a block was asked for in vain. */
    static boolean hasFailed(CompletableFuture<Block> loading) {
        return loading.isDone() && loading.join().bytes == null;
    }

    /** A block's bytes; read-only views of them may be kept. */
    ByteBuffer await(CompletableFuture<Block> loading) throws IOException {
        Block block = requests.await(loading);
        if (block.bytes == null) {
            throw block.failure == null ? new IOException("no block") : block.failure;
        }
        return block.bytes;
    }

    /** Takes a block that came with something else, if it is what it should be. */
    void offer(StoredBytes bytes, int number, ByteBuffer block) {
        if (bytes.checksums().verifies(number, block)) {
            ByteBuffer own = ByteBuffer.allocate(block.remaining())
                    .put(block.duplicate())
                    .flip();
            cache.put(place(bytes, number), CompletableFuture.completedFuture(new Block(own.asReadOnlyBuffer(), null)));
        }
    }

    /** Fetches a block, unless it is there or under way already. */
    CompletableFuture<Block> load(StoredBytes bytes, int number) {
        Place place = place(bytes, number);
        CompletableFuture<Block> known = cache.getIfPresent(place);
        if (known != null) {
            return known;
        }
        CompletableFuture<Block> mine = new CompletableFuture<>();
        known = cache.asMap().putIfAbsent(place, mine);
        if (known != null) {
            return known;
        }
        CompletableFuture<Block> unused = requests.start(() -> fetched(bytes, number))
                .handle((block, failure) -> {
                    if (block == null || block.bytes == null) {
                        cache.asMap().remove(place, mine);
                    }
                    if (failure == null) {
                        mine.complete(block);
                    } else {
                        mine.complete(new Block(null, new IOException("a block could not be fetched", failure)));
                    }
                    return block;
                });
        return mine;
    }

    private Block fetched(StoredBytes bytes, int number) {
        try {
            return new Block(bytes.fetch(storage, number).asReadOnlyBuffer(), null);
        } catch (IOException e) {
            return new Block(null, e);
        }
    }

    private static Place place(StoredBytes bytes, int number) {
        return new Place(bytes.key(), bytes.tag(), number);
    }

    /**
     * What it did.
     *
     * @return counts, by name
     */
    public Map<String, Long> counters() {
        var stats = cache.synchronous().stats();
        return Map.of("cache.hits", stats.hitCount(), "cache.misses", stats.missCount());
    }
}
