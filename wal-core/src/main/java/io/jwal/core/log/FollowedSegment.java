package io.jwal.core.log;

import io.jwal.core.segment.BatchScan;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.IndexEncoder;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.IOException;

/** An open segment that somebody else writes, and how far it was scanned. Guarded by its {@link FollowerSource}. */
final class FollowedSegment {
    /** No index is known: the segment may begin anywhere. */
    static final long ANYWHERE = -1;

    private final LogManifest.Segment named;
    private final BatchScan scan;
    private final ReadableSegment segment;

    private FollowedSegment(LogManifest.Segment named, BatchScan scan, ReadableSegment segment) {
        this.named = named;
        this.scan = scan;
        this.segment = segment;
    }

    /** Opens a segment of which nothing is scanned yet. */
    static FollowedSegment open(Store store, LogManifest.Segment named) throws IOException {
        SegmentReader reader = store.openSegment(named.id());
        try {
            ReadableSegment.checkHeader(reader, named.id(), named.salt(), reader.size());
        } catch (IOException | RuntimeException e) {
            try (reader) {
                throw e;
            }
        }
        BatchScan scan = new BatchScan(reader, named.salt());
        return new FollowedSegment(
                named, scan, ReadableSegment.growing(named.id(), named.salt(), reader, scan.index()));
    }

    /** Whether it is the one that a manifest names so. */
    boolean is(LogManifest.Segment other) {
        return named.equals(other);
    }

    /** What was scanned, for readers. */
    ReadableSegment readable() {
        return segment;
    }

    /** Whether no entry was found in it yet. */
    boolean isEmpty() {
        return scan.index().lastIndex() == 0;
    }

    /** The last index found so far, or what preceded the segment. */
    long last(long before) {
        return isEmpty() ? before : scan.index().lastIndex();
    }

    /**
     * Scans what has come since.
     *
     * @param before the index that precedes the segment, or {@link #ANYWHERE}
     * @return whether there is nothing behind the batches
     * @throws io.jwal.CorruptLogException if they end before what is known to have been synced
     */
    boolean scan(long before) throws IOException {
        SegmentReader reader = segment.reader();
        long last = last(before);
        long size = reader.size();
        scan.reload();
        while (scan.next(last == ANYWHERE ? 0 : last + 1, size) != null) {
            last = scan.index().lastIndex();
        }
        if (scan.position() < Math.min(size, reader.claimedSize()) && !endsInIndex(reader)) {
            throw Damage.segment(named.id(), scan.position(), "is damaged at offset " + scan.position(), null);
        }
        return scan.position() >= size;
    }

    /** Whether what follows the batches is the index of a segment just being sealed. */
    private boolean endsInIndex(SegmentReader reader) {
        return !isEmpty() && reader.claimedSize() <= scan.position() + IndexEncoder.encodedBytes(scan.index());
    }

    /** Lets go of it; who reads it may go on. */
    void release() {
        segment.release();
    }
}
