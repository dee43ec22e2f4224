package io.jwal.store.s3.read;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.SealedEnd;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens segments for reading. A sealed one costs one request, for its last bytes: they hold the checksums of its blocks
 * and, unless the segment has very many entries, its index. An open one costs one request for each part.
 */
public final class SegmentReaders {
    /** Enough for the index of a segment of 64 MiB with entries of 128 bytes, and the rest of its first block. */
    private static final int FIRST_GUESS = 3 << 20;

    private static final int LARGEST_GUESS = 8 << 20;

    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final BlockCache cache;
    private final AtomicInteger guess = new AtomicInteger(FIRST_GUESS);

    /** Reads through a cache. */
    public SegmentReaders(ObjectStorage storage, Requests requests, Keys keys, BlockCache cache) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
        this.cache = cache;
    }

    /**
     * Opens a sealed segment.
     *
     * @return empty if it is not sealed, or not there
     * @throws StoreCorruptException if its object is not that segment
     */
    public Optional<SegmentReader> sealed(SegmentId id) throws IOException {
        return sealedBytes(id).map(bytes -> new SealedReader(bytes, cache));
    }

    private Optional<StoredBytes> sealedBytes(SegmentId id) throws IOException {
        String key = keys.sealed(id);
        int wanted = guess.get();
        Fetched fetched = requests.call(() -> Fetched.verified(
                () -> storage.get(key, ByteRange.last(wanted)),
                end -> SealedEnd.decode(end.bytes(), end.size()) != null));
        if (!(fetched instanceof Fetched.Found found)) {
            return Optional.empty();
        }
        SealedEnd.Decoded decoded = SealedEnd.decode(found.bytes(), found.size());
        if (decoded == null || !decoded.end().segment().equals(id)) {
            throw new StoreCorruptException(storage.describe(key) + " is not the sealed segment " + id + ": "
                    + (decoded == null
                            ? "its end does not verify, at a length of " + found.size() + " bytes"
                            : "it calls itself " + decoded.end().segment())
                    + "; restore the object from a version or a backup, and run `wal verify`");
        }
        SealedEnd end = decoded.end();
        StoredBytes bytes = new StoredBytes(id, 0, end.length(), key, found.tag(), 0, decoded.checksums());
        keepBlocks(bytes, found);
        learn(found.size() - end.synced() / BlockChecksums.BLOCK * BlockChecksums.BLOCK);
        return Optional.of(bytes);
    }

    /** What came with the end need not be fetched again. */
    private void keepBlocks(StoredBytes bytes, Fetched.Found found) {
        long from = found.size() - found.bytes().remaining();
        int first = BlockChecksums.count(from);
        for (int number = first; number < BlockChecksums.count(bytes.length()); number++) {
            int at = (int) ((long) number * BlockChecksums.BLOCK - from);
            cache.offer(bytes, number, found.bytes().slice(at, bytes.blockBytes(number)));
        }
    }

    /** The next one is probably like this one. */
    private void learn(long neededBytes) {
        guess.accumulateAndGet((int) Math.min(LARGEST_GUESS, neededBytes), Math::max);
    }

    /**
     * Opens a segment that another writer writes or wrote.
     *
     * @param fence the number of the fence that is known to stand, or 0
     * @param listed the number of the last part that is known to have been there, or 0
     * @throws SegmentNotFoundException if there is none
     * @throws StoreCorruptException if a part in front of the fence is missing
     */
    public SegmentReader open(SegmentId id, int fence, int listed) throws IOException {
        // With a fence: only now, when nobody can seal it any more without being seen here.
        Optional<SegmentReader> sealed = sealed(id);
        if (sealed.isPresent()) {
            return sealed.get();
        }
        FoundParts parts = new FoundParts(storage, requests, keys, cache, id);
        parts.look();
        boolean hole = parts.next() <= listed;
        if (fence == 0 && hole) {
            claimBehind(parts, id, parts.next());
            parts.look(); // beside a writer the hole is filled by now as far as those behind it claim
        }
        if (parts.end() == 0 || parts.next() < fence || hole) {
            sealed = sealed(id); // sealed meanwhile, and its parts deleted
            if (sealed.isPresent()) {
                return sealed.get();
            }
        }
        if (parts.next() < fence) {
            throw new StoreCorruptException(storage.describe(keys.part(id, parts.next()))
                    + " is missing, though a fence stands at number " + fence
                    + ": somebody has deleted it; restore it from a version or a backup");
        }
        if (parts.end() == 0) {
            throw new SegmentNotFoundException(id, "there is no segment " + storage.describe(keys.segment(id)));
        }
        if (fence > 0) {
            claimBehind(parts, id, fence);
        }
        return open(id, parts);
    }

    /**
     * Opens a segment whose bytes this process knows.
     *
     * @param bytes what is known
     */
    public SegmentReader open(SegmentId id, OpenBytes bytes) {
        return new OpenReader(id, bytes, this::sealed);
    }

    /** Parts behind a gap do not belong to the segment, but what they knew of those in front of it counts. */
    private void claimBehind(FoundParts parts, SegmentId id, int gap) throws IOException {
        for (int number : new PartListing(storage, requests, keys, id).numbersBehind(gap)) {
            requests.call(() -> PartRead.header(storage, keys, id, number))
                    .ifPresent(header -> parts.claim(header.synced()));
        }
    }
}
