package io.jwal.store.s3.read;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps verified blocks in memory: those that are used often, weighed in bytes, and a number of those that were used last,
 * or are ahead of one who reads forward. Threads that miss the same block fetch it once. Safe for many threads.
 */
public final class BlockCache {
    /** Beside those ahead, for each reader: as many as a large batch and its neighbours lie in. */
    private static final int KEPT = 4;

    private static final int MOST_RECENT = 64;

    private final ObjectStorage storage;
    private final Requests requests;
    private final int readAhead;
    private final AsyncCache<Place, Block> cache;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Place, CompletableFuture<Block>> recent;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** Blocks used last: a cache that thinks of all readers may refuse what one of them needs again at once. */
    private static final class Recent extends LinkedHashMap<Place, CompletableFuture<Block>> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, CompletableFuture<Block>> eldest) {
            return size() > most;
        }
    }

    private record Place(String key, String tag, int number) {}

    /** Bytes or why there are none: an exception in a future the cache would log, each time. */
    record Block(@Nullable ByteBuffer bytes, @Nullable IOException failure) {}

    /** A block, and whether it was here already, or under way, when it was asked for. */
    private record Found(CompletableFuture<Block> loading, boolean known) {}

    /**
     * An empty cache.
     *
     * @param bytes how much it may keep of what is used often. Of what was used last it keeps as many blocks, but at most
     *     64, and at least what one reader needs: {@code readAhead} and 4 more
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
                .buildAsync();
        this.recent = new Recent((int) Math.max(KEPT + readAhead, Math.min(bytes / BlockChecksums.BLOCK, MOST_RECENT)));
    }

    private static int weight(Block block) {
        return block.bytes == null ? 0 : block.bytes.capacity();
    }

    /** How many blocks are fetched ahead of one who reads forward. */
    int readAhead() {
        return readAhead;
    }

    /** A block's bytes, fetched if they are not here; read-only views of them may be kept. */
    ByteBuffer block(StoredBytes bytes, int number) throws IOException {
        Found found = use(bytes, number);
        (found.known ? hits : misses).increment();
        Block block = requests.await(found.loading);
        if (block.bytes == null) {
            forget(bytes, number, found.loading);
            throw block.failure == null ? new IOException("no block") : block.failure;
        }
        return block.bytes;
    }

    /** Has a block fetched that will be needed soon. */
    void prepare(StoredBytes bytes, int number) {
        Found unused = use(bytes, number);
    }

    private Found use(StoredBytes bytes, int number) {
        Place place = place(bytes, number);
        lock.lock();
        try {
            CompletableFuture<Block> last = recent.get(place);
            if (last != null && !hasFailed(last)) { // one that failed was fetched ahead, while nobody needed it
                return new Found(last, true);
            }
            Found found = load(bytes, number);
            recent.put(place, found.loading);
            return found;
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasFailed(CompletableFuture<Block> loading) {
        return loading.isDone() && loading.join().bytes == null;
    }

    private void forget(StoredBytes bytes, int number, CompletableFuture<Block> failed) {
        lock.lock();
        try {
            recent.remove(place(bytes, number), failed);
        } finally {
            lock.unlock();
        }
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
    private Found load(StoredBytes bytes, int number) {
        Place place = place(bytes, number);
        CompletableFuture<Block> mine = new CompletableFuture<>();
        CompletableFuture<Block> known = cache.getIfPresent(place);
        if (known == null) {
            known = cache.asMap().putIfAbsent(place, mine);
        }
        if (known != null) {
            return new Found(known, true);
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
        return new Found(mine, false);
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
     * How often a block that was needed was here already, or under way, and how often it had to be fetched.
     *
     * @return counts, by name
     */
    public Map<String, Long> counters() {
        return Map.of("cache.hits", hits.sum(), "cache.misses", misses.sum());
    }
}
