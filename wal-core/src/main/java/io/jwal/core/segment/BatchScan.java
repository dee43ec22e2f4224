package io.jwal.core.segment;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the batches of a segment from its start and verifies each of them whole, header and body. What verifies is
 * added to an index. Used by recovery, followers and verification. Belongs to one thread.
 */
public final class BatchScan {
    private final SegmentReader reader;
    private SegmentWindow window;
    private final long salt;
    private final GrowingIndex index = new GrowingIndex();
    private long position = SegmentHeader.BYTES;
    private long largestClaim;

    /** A scan that begins at the first batch. */
    public BatchScan(SegmentReader reader, long salt) {
        this.reader = reader;
        this.window = new SegmentWindow(reader);
        this.salt = salt;
    }

    /** Forgets what was fetched but not scanned yet: the segment may have grown meanwhile. */
    public void reload() {
        window = new SegmentWindow(reader);
    }

    /** What was found. */
    public GrowingIndex index() {
        return index;
    }

    /** Where the next batch would begin: everything before it verified. */
    public long position() {
        return position;
    }

    /** The largest durable index that a verified header claims, 0 if none. */
    public long largestClaim() {
        return largestClaim;
    }

    /**
     * Moves over the next batch if it verifies and begins at the wanted index.
     *
     * @param wanted the index it has to begin at, or 0 for any
     * @param limit how far the segment reaches
     * @return the batch's header, or null if no such batch is there
     */
    public @Nullable BatchHeader next(long wanted, long limit) throws IOException {
        BatchHeader header = headerAt(position, limit);
        if (header == null) {
            return null;
        }
        largestClaim = Math.max(largestClaim, header.durableIndex());
        if ((wanted != 0 && header.firstIndex() != wanted) || !verifiesBody(header, position)) {
            return null;
        }
        index.beginBatch(header.firstIndex(), header.time(), (int) position);
        addEntries(header, position + BatchHeader.BYTES);
        position += header.paddedBytes();
        index.endBatch((int) position);
        return header;
    }

    /** The header at an offset, if one verifies there and the batch fits in front of the limit, padding and all. */
    @Nullable
    BatchHeader headerAt(long offset, long limit) throws IOException {
        if (offset + BatchHeader.BYTES > limit || offset > Layout.MAX_SEGMENT_BYTES) {
            return null;
        }
        int at = window.load(offset, BatchHeader.BYTES, limit);
        BatchHeader header = BatchHeader.decode(window.buffer(), at, salt, offset);
        boolean fits = header != null && offset + header.paddedBytes() <= limit;
        return fits ? header : null;
    }

    /**
     * Looks for headers that verify anywhere behind the position, damage in between or not, and takes the largest
     * durable index that they claim. A header alone is enough: it was written after that index was synced.
     *
     * @param limit how far the segment reaches
     */
    public void searchClaims(long limit) throws IOException {
        for (long offset = position; offset + BatchHeader.BYTES <= limit; offset += 8) {
            int at = window.load(offset, BatchHeader.BYTES, limit);
            BatchHeader header = BatchHeader.decode(window.buffer(), at, salt, offset);
            if (header != null) {
                largestClaim = Math.max(largestClaim, header.durableIndex());
            }
        }
    }

    private boolean verifiesBody(BatchHeader header, long offset) throws IOException {
        long bodyStart = offset + BatchHeader.BYTES;
        long bodyEnd = bodyStart + header.bodyBytes();
        CRC32C crc = new CRC32C();
        for (long at = bodyStart; at < bodyEnd; ) {
            int length = (int) Math.min(SegmentWindow.BYTES - BatchHeader.BYTES, bodyEnd - at);
            int in = window.load(at, length, bodyEnd);
            crc.update(window.buffer().slice(in, length));
            at += length;
        }
        if ((int) crc.getValue() != header.bodyCrc()) {
            return false;
        }
        return countEntries(header, bodyStart, null) == header.count();
    }

    private void addEntries(BatchHeader header, long bodyStart) throws IOException {
        countEntries(header, bodyStart, index);
    }

    /** Follows the lengths through a body; how many entries fill it exactly, or -1. */
    private int countEntries(BatchHeader header, long bodyStart, @Nullable GrowingIndex into) throws IOException {
        long end = bodyStart + header.bodyBytes();
        long at = bodyStart;
        int count = 0;
        while (at + Layout.ENTRY_HEADER_BYTES <= end) {
            int in = window.load(at, Layout.ENTRY_HEADER_BYTES, end);
            ByteBuffer bytes = window.buffer();
            int length = bytes.getInt(in);
            if (length < 0 || length > end - at - Layout.ENTRY_HEADER_BYTES) {
                return -1;
            }
            if (into != null) {
                into.addEntry((int) at);
            }
            at += Layout.ENTRY_HEADER_BYTES + length;
            count++;
        }
        return at == end ? count : -1;
    }
}
