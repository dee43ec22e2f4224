package io.jwal.store.s3.write;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.read.StoredBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends the parts of one segment, several at once, and acknowledges them in order: a part counts when it and all before
 * it are stored. After the first failure nothing counts any more. Parts are sent by one thread at a time.
 */
final class PartUploads {
    private final Medium medium;
    private final SegmentId id;
    private final ReentrantLock acknowledging = new ReentrantLock();
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final Queue<SentPart> acknowledged = new ConcurrentLinkedQueue<>();
    private int next = 1;
    private CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
    private CompletableFuture<?> back = CompletableFuture.completedFuture(null);
    private long wanted;
    private volatile long stored;
    private volatile @Nullable Throwable failure;

    /**
     * A part that is stored.
     *
     * @param bytes where its data lies
     * @param pieces the data
     */
    record SentPart(StoredBytes bytes, List<ByteBuffer> pieces) {}

    private static final class Sent {
        final long end;
        final CompletableFuture<Long> promise = new CompletableFuture<>();

        @Nullable
        SentPart stored;

        @Nullable
        Throwable cause;

        Sent(long end) {
            this.end = end;
        }
    }

    PartUploads(Medium medium, SegmentId id) {
        this.medium = medium;
        this.id = id;
    }

    /**
     * Somebody syncs what lies before a position. What nobody syncs may be stored all the same, but nothing may claim it:
     * the segment before this one may end earlier than was accepted, and then it belongs to no log.
     */
    void want(long position) {
        wanted = position;
    }

    /** How many parts were sent. */
    int sent() {
        return next - 1;
    }

    /** Throws if a part could not be stored. */
    void check() throws StoreException {
        Throwable cause = failure;
        if (cause != null) {
            String message = "the writer of segment " + id + " has failed before: " + cause.getMessage();
            throw cause instanceof StoreFencedException
                    ? new StoreFencedException(message, cause)
                    : new StoreException(message, cause);
        }
    }

    /** Waits for the oldest parts under way until one more may be. */
    void awaitPlace() throws IOException {
        CompletableFuture<Long> oldest = oldestIfFull();
        while (oldest != null) {
            medium.requests().await(oldest);
            oldest = oldestIfFull();
        }
    }

    private @Nullable CompletableFuture<Long> oldestIfFull() {
        acknowledging.lock();
        try {
            return underWay.size() < medium.inFlight() ? null : underWay.getFirst().promise;
        } finally {
            acknowledging.unlock();
        }
    }

    /**
     * Sends a part.
     *
     * @param position where its data begins in the segment
     * @param pieces the data, which does not change any more
     * @return completes, in the order of the calls, with the position that is stored then
     */
    CompletableFuture<Long> send(long position, List<ByteBuffer> pieces) {
        ObjectBody data = new ObjectBody(pieces);
        BlockChecksums.Builder checksums = new BlockChecksums.Builder();
        data.pieces().forEach(checksums::update);
        int bytes = Math.toIntExact(data.length());
        long claim = Math.min(stored, wanted);
        PartHeader header = new PartHeader(id, next++, id.epoch(), Nonce.random(), position, claim, bytes);
        Sent sent = new Sent(header.end());
        last = sent.promise;
        acknowledging.lock();
        try {
            underWay.add(sent);
        } finally {
            acknowledging.unlock();
        }
        BlockChecksums ended = checksums.end();
        CompletableFuture<?> settled = medium.requests()
                .start(() -> new SentPart(stored(header, ended, pieces), pieces))
                .handle((part, cause) -> {
                    settle(sent, part, cause);
                    return sent;
                });
        back = CompletableFuture.allOf(back, settled);
        return sent.promise;
    }

    private StoredBytes stored(PartHeader header, BlockChecksums checksums, List<ByteBuffer> pieces)
            throws IOException {
        String key = medium.keys().part(id, header.number());
        List<ByteBuffer> all = new ArrayList<>(pieces.size() + 1);
        all.add(header.encode(checksums));
        all.addAll(pieces);
        Optional<String> tag = medium.storage().putIfAbsent(key, new ObjectBody(all), ObjectKind.WORKING);
        return new StoredBytes(
                id,
                header.position(),
                header.bytes(),
                key,
                tag.isPresent() ? tag.get() : tagOfOwn(header, key),
                header.dataOffset(),
                checksums);
    }

    /** The number is taken: by this part itself, whose answer was lost, or by a later writer. */
    private String tagOfOwn(PartHeader header, String key) throws IOException {
        Fetched fetched = Fetched.verified(
                () -> medium.storage().get(key, new ByteRange(0, header.dataOffset())),
                taken -> PartHeader.decode(taken.bytes()) != null);
        if (!(fetched instanceof Fetched.Found found)) {
            throw new StoreFencedException("segment " + id + " was fenced: "
                    + medium.storage().describe(key)
                    + " was taken and is gone again; a later writer has cleaned up. Whether part " + header.number()
                    + " was stored is unknown: open the log again to see");
        }
        PartHeader.Decoded there = PartHeader.decode(found.bytes());
        if (there != null && there.header().nonce().equals(header.nonce())) {
            return found.tag();
        }
        throw new StoreFencedException("segment " + id + " was fenced"
                + (there == null
                        ? ""
                        : " by the writer of epoch " + there.header().epoch()) + ": "
                + medium.storage().describe(key) + " was written by another; this writer was replaced");
    }

    private void settle(Sent sent, @Nullable SentPart part, @Nullable Throwable cause) {
        acknowledging.lock();
        try {
            sent.stored = part;
            sent.cause = cause;
            acknowledge();
        } finally {
            acknowledging.unlock();
        }
    }

    /** With the lock held, so that whoever depends on the futures runs in their order. */
    private void acknowledge() {
        Sent first = underWay.peekFirst();
        while (first != null) {
            if (failure == null) {
                failure = first.cause;
            }
            Throwable failed = failure;
            SentPart part = first.stored;
            if (failed != null) {
                underWay.removeFirst();
                first.promise.completeExceptionally(failed);
            } else if (part != null) {
                underWay.removeFirst();
                acknowledged.add(part);
                stored = first.end;
                first.promise.complete(first.end);
            } else {
                return;
            }
            first = underWay.peekFirst();
        }
    }

    /** Completes when everything sent so far is stored, or fails if some of it is not. */
    CompletableFuture<Long> last() {
        return last;
    }

    /** Completes when no part is under way any more, also of those that were given up because one before them failed. */
    CompletableFuture<?> back() {
        return back;
    }

    /** The next part that is stored and was not asked for yet; null if there is none. */
    @Nullable
    SentPart pollAcknowledged() {
        return acknowledged.poll();
    }
}
