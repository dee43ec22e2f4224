package io.jwal.store.s3.read;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The parts of an unsealed segment as far as they are known: contiguous from the first, each beginning where the one
 * before ends, up to a fence or the first number that is not there. Looked for one by one, by their names: a listing
 * may lag. Many that follow each other are asked for together. Safe for many threads.
 */
final class FoundParts implements OpenBytes {
    private static final int MOST_AT_ONCE = 16;

    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final BlockCache cache;
    private final SegmentId id;
    private final ReentrantLock looking = new ReentrantLock();
    private final StoredRuns parts;
    private int next = 1;
    private volatile long end;
    private volatile long claimed;
    private volatile boolean fenced;

    FoundParts(ObjectStorage storage, Requests requests, Keys keys, BlockCache cache, SegmentId id) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
        this.cache = cache;
        this.id = id;
        this.parts = new StoredRuns(cache);
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public long claimed() {
        return claimed;
    }

    /** A part that nobody will see in its place claims so; taken into account from now on. */
    void claim(long position) {
        claimed = Math.max(claimed, position);
    }

    /** The number of the first part that was not found, or of the fence. */
    int next() {
        return next;
    }

    @Override
    public ByteBuffer from(long position) throws IOException {
        return parts.from(position);
    }

    @Override
    public void look() throws IOException {
        looking.lock();
        try {
            int ahead = 1;
            while (!fenced && take(fetch(ahead))) {
                ahead = Math.min(MOST_AT_ONCE, ahead * 2);
            }
        } finally {
            looking.unlock();
        }
    }

    private List<CompletableFuture<Optional<PartRead>>> fetch(int count) {
        List<CompletableFuture<Optional<PartRead>>> fetches = new ArrayList<>(count);
        for (int number = next; number < next + count; number++) {
            int wanted = number;
            fetches.add(requests.start(() -> PartRead.fetch(storage, keys, id, wanted)));
        }
        return fetches;
    }

    /** Takes over what came; whether there may be more. */
    private boolean take(List<CompletableFuture<Optional<PartRead>>> fetches) throws IOException {
        for (CompletableFuture<Optional<PartRead>> fetch : fetches) {
            Optional<PartRead> part = requests.await(fetch);
            if (part.isEmpty()) {
                return false;
            }
            add(part.get());
            if (fenced) {
                return false;
            }
        }
        return true;
    }

    private void add(PartRead part) throws StoreCorruptException {
        PartHeader header = part.header();
        if (header.isFence()) {
            fenced = true;
            return;
        }
        if (header.position() != end) {
            throw new StoreCorruptException(storage.describe(part.data().key()) + " begins at " + header.position()
                    + " in segment " + id + ", but the part before it ends at " + end
                    + "; nobody but the log may write below its prefix: run `wal verify`");
        }
        part.firstBlock().ifPresent(block -> cache.offer(part.data(), 0, block));
        parts.add(part.data());
        claimed = Math.max(claimed, header.synced());
        end = header.end();
        next++;
    }
}
