package io.jwal.store.s3.protocol;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreException;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import io.jwal.store.s3.read.PartListing;
import io.jwal.store.s3.read.PartRead;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the writers of the past: an empty part at the lowest number that is absent, where the next part of such a writer
 * would have to go. Behind the highest number it would leave a gap for a late part to fill. It is never deleted: a writer
 * that slept through everything would create the number again and believe that it won.
 */
final class Fences {
    private static final int MOST_VANISHED = 3;

    /** More numbers than a writer can take while one fence is put up. */
    private static final int AHEAD = 32;

    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final Map<SegmentId, Integer> standing = new ConcurrentHashMap<>();
    private volatile long epoch;

    Fences(ObjectStorage storage, Requests requests, Keys keys) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
    }

    /** The epoch that fences are put up in from now on; so that who meets one can say who fenced it. */
    void epoch(long now) {
        epoch = now;
    }

    /** The number of the fence that this store has seen standing in a segment, or 0. */
    int standing(SegmentId id) {
        return standing.getOrDefault(id, 0);
    }

    /** A segment was deleted but for its fence. */
    void forget(SegmentId id) {
        standing.remove(id);
    }

    void fence(SegmentId id) throws IOException {
        PartListing listing = new PartListing(storage, requests, keys, id);
        int number = listing.firstGap();
        int vanished = 0;
        boolean walled = false;
        while (true) {
            Optional<PartHeader> there = put(id, number);
            if (there.isPresent() && there.get().isFence()) {
                standing.put(id, number);
                return;
            }
            if (there.isPresent()) { // the listing did not show it, or it has landed since
                if (!walled) {
                    wall(id, number);
                    walled = true;
                }
                number = Math.max(number + 1, listing.firstGap());
            } else if (++vanished == MOST_VANISHED) {
                throw new StoreException(storage.describe(keys.part(id, number))
                        + " was there and is gone, again and again: another writer is deleting segment " + id
                        + "; open the log again");
            }
        }
    }

    /**
     * A writer that is busy would stay ahead for long: it needs one request for a number, and a fence two. So it gets a
     * fence some way in front of it to run into. The one that counts is still that at the lowest number that is absent.
     */
    private void wall(SegmentId id, int from) throws IOException {
        int number = from + AHEAD;
        while (put(id, number).filter(there -> !there.isFence()).isPresent()) {
            number += AHEAD;
        }
    }

    /** Puts a fence at a number; what stands there then, or nothing if that was deleted meanwhile. */
    private Optional<PartHeader> put(SegmentId id, int number) throws IOException {
        PartHeader fence = new PartHeader(id, number, epoch, Nonce.random(), 0, 0, 0);
        ObjectBody body = ObjectBody.of(fence.encode(new BlockChecksums.Builder().end()));
        boolean created = requests.call(() -> storage.putIfAbsent(keys.part(id, number), body, ObjectKind.WORKING))
                .isPresent();
        return created ? Optional.of(fence) : requests.call(() -> PartRead.header(storage, keys, id, number));
    }
}
