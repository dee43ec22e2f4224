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
    private static final int ALIGNMENT = 8;

    /** Longer steps over damage would pass by more of what is sound within it. */
    private static final long MAX_STEP = SegmentWindow.BYTES;

    private final LogManifest.Segment named;
    private final SegmentWindow window;
    private final BatchScan headers;
    private final long limit;
    private long offset = SegmentHeader.BYTES;
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
        long expected = first;
        while (expected <= last) {
            long gapStart = offset;
            BatchHeader header = nextHeader(expected);
            if (header == null || header.firstIndex() > last) {
                lose(expected, last, gapStart);
                return;
            }
            if (header.firstIndex() > expected) {
                lose(expected, header.firstIndex() - 1, gapStart);
            }
            take(header);
            offset += header.paddedBytes();
            expected = header.lastIndex() + 1;
        }
    }

    /** Moves to the next header of a batch that begins at an index or behind it; null if there is none. */
    private @Nullable BatchHeader nextHeader(long expected) throws IOException {
        while (offset < limit) {
            try {
                BatchHeader header = headers.headerAt(offset, limit);
                if (header != null && header.firstIndex() >= expected) {
                    return header;
                }
                offset += ALIGNMENT;
            } catch (StoreCorruptException e) {
                offset = behindDamage(offset);
            }
        }
        return null;
    }

    /**
     * Where the store can read again behind a place that it knows to be damaged. How far the damage reaches only the store
     * could tell: it is asked at growing distances, and then back to where the damage ends. What is sound is found if it is
     * as long as the damage before it, or {@value #MAX_STEP} bytes.
     *
     * @return the first place found, or the limit or one behind it
     */
    private long behindDamage(long from) throws IOException {
        long damaged = from;
        long step = ALIGNMENT;
        long sound = damaged + step;
        while (!isReadable(sound)) {
            damaged = sound;
            step = Math.min(2 * step, MAX_STEP);
            sound = damaged + step;
        }
        while (sound - damaged > ALIGNMENT) {
            long middle = damaged + (sound - damaged) / (2 * ALIGNMENT) * ALIGNMENT;
            if (isReadable(middle)) {
                sound = middle;
            } else {
                damaged = middle;
            }
        }
        return sound;
    }

    /** Whether the store does not refuse what lies there; behind the limit nothing does. */
    private boolean isReadable(long at) throws IOException {
        try {
            headers.headerAt(at, limit);
            return true;
        } catch (StoreCorruptException e) {
            return false;
        }
    }

    private void lose(long from, long to, long at) {
        if (to - from >= Math.min(2L * Layout.MAX_ENTRIES, named.bytes() / Layout.ENTRY_HEADER_BYTES)) {
            throw Damage.segment(named.id(), at, "cannot hold entries " + from + " to " + to, null);
        }
        index.beginBatch(from, index.lastTime(), (int) at);
        for (long i = from; i <= to; i++) {
            index.addEntry(SegmentIndex.LOST);
        }
        index.endBatch((int) at);
    }

    private void take(BatchHeader header) throws IOException {
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
