package io.jwal.core.inspect;

import io.jwal.CorruptLogException;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Gets at the entries of a sealed segment through its index where damaged batches do not lead to them, as reading does. */
final class EntryRescue implements AutoCloseable {
    private final Store store;
    private final LogManifest.Segment named;
    private final SegmentPart part;
    private final FindingList findings;
    private final EntryDigest digest;
    private @Nullable ReadableSegment readable;

    EntryRescue(Store store, LogManifest.Segment named, SegmentPart part, FindingList findings, EntryDigest digest) {
        this.store = store;
        this.named = named;
        this.part = part;
        this.findings = findings;
        this.digest = digest;
    }

    /** Reads what belongs to the log of a range, both ends inclusive, and says what of it cannot be read. */
    void rescue(long from, long to) throws IOException {
        long last = Math.min(to, part.last());
        for (long entry = Math.max(from, part.first()); entry <= last; entry++) {
            try {
                ByteBuffer content = readable().view(entry);
                digest.begin(entry, content.remaining());
                digest.content(content);
                digest.end(true);
            } catch (CorruptLogException e) {
                findings.add(e);
                digest.miss();
            }
        }
    }

    private ReadableSegment readable() throws IOException {
        ReadableSegment known = readable;
        if (known == null) {
            known = ReadableSegment.sealed(store, named);
            readable = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (readable != null) {
            readable.release();
        }
    }
}
