package io.jwal.core.segment;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a sealed segment whose index is damaged, from its batches. Damage in a batch costs only what it
 * hides: entries that cannot be found are {@link SegmentIndex#LOST}, those behind it are found again at the next header
 * that verifies.
 */
final class IndexRebuild {
    private final LogManifest.Segment named;
    private final SegmentWindow window;
    private final BatchScan headers;
    private long limit;
    private final GrowingIndex index = new GrowingIndex();

    private IndexRebuild(SegmentReader reader, LogManifest.Segment named, long limit) {
        this.named = named;
        this.window = new SegmentWindow(reader);
        this.headers = new BatchScan(reader, named.salt());
        this.limit = limit;
    }

    /**
     * Rebuilds the index of a segment as the manifest names it.
     *
     * @param limit the segment's length
     * @throws io.jwal.CorruptLogException if it would hold more entries than a segment can
     */
    static GrowingIndex rebuild(SegmentReader reader, LogManifest.Segment named, long limit) throws IOException {
        IndexRebuild rebuild = new IndexRebuild(reader, named, limit);
        rebuild.run(named.firstIndex(), named.lastIndex());
        return rebuild.index;
    }

    private void run(long first, long last) throws IOException {
        long offset = SegmentHeader.BYTES;
        long expected = first;
        while (expected <= last) {
            long gapStart = offset;
            BatchHeader header = headerAt(offset);
            while ((header == null || header.firstIndex() < expected) && offset < limit) {
                offset += 8;
                header = headerAt(offset);
            }
            if (header == null || header.firstIndex() > last) {
                lose(expected, last, gapStart);
                return;
            }
            if (header.firstIndex() > expected) {
                lose(expected, header.firstIndex() - 1, gapStart);
            }
            take(header, offset);
            offset += header.paddedBytes();
            expected = header.lastIndex() + 1;
        }
    }

    /** What the store knows to be damaged ends the search: how far that reaches only the store could tell. */
    private @Nullable BatchHeader headerAt(long offset) throws IOException {
        try {
            return headers.headerAt(offset, limit);
        } catch (StoreCorruptException e) {
            limit = offset;
            return null;
        }
    }

    private void lose(long from, long to, long offset) {
        if (to - from >= Math.min(2L * Layout.MAX_ENTRIES, named.bytes() / Layout.ENTRY_HEADER_BYTES)) {
            throw Damage.segment(named.id(), offset, "cannot hold entries " + from + " to " + to, null);
        }
        index.beginBatch(from, index.lastTime(), (int) offset);
        for (long i = from; i <= to; i++) {
            index.addEntry(SegmentIndex.LOST);
        }
        index.endBatch((int) offset);
    }

    private void take(BatchHeader header, long offset) throws IOException {
        index.beginBatch(header.firstIndex(), header.time(), (int) offset);
        long at = offset + BatchHeader.BYTES;
        long end = at + header.bodyBytes();
        for (int i = 0; i < header.count(); i++) {
            int length = at + Layout.ENTRY_HEADER_BYTES <= end ? lengthAt(at, end) : -1;
            boolean found = length >= 0 && length <= end - at - Layout.ENTRY_HEADER_BYTES;
            index.addEntry(found ? (int) at : SegmentIndex.LOST);
            at = found ? at + Layout.ENTRY_HEADER_BYTES + length : end;
        }
        index.endBatch((int) (offset + header.paddedBytes()));
    }

    /** The length of an entry, or -1 if the store knows that it is damaged. */
    private int lengthAt(long at, long end) throws IOException {
        try {
            int in = window.load(at, Layout.ENTRY_HEADER_BYTES, end);
            return window.buffer().getInt(in);
        } catch (StoreCorruptException e) {
            return -1;
        }
    }
}
