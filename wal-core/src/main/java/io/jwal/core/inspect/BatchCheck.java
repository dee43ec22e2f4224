package io.jwal.core.inspect;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.SegmentWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checks batches byte by byte: header, body, each entry, padding. Entries of the log go into the digest on the way; those
 * that the lengths before them do not lead to are left to a rescuer.
 */
final class BatchCheck {
    private static final int PIECE = SegmentWindow.BYTES / 2;

    private final SegmentPart part;
    private final SegmentWindow window;
    private final long limit;
    private final FindingList findings;
    private final EntryDigest digest;
    private final Rescuer rescuer;

    /** Gets at entries that batches do not lead to any more. */
    @FunctionalInterface
    interface Rescuer {
        /** Entries from one index to another, both inclusive. */
        void rescue(long from, long to) throws IOException;
    }

    /**
     * Checks batches of a segment.
     *
     * @param limit where the batches end at the latest
     */
    BatchCheck(SegmentPart part, long limit, FindingList findings, EntryDigest digest, Rescuer rescuer) {
        this.part = part;
        this.window = new SegmentWindow(part.reader());
        this.limit = limit;
        this.findings = findings;
        this.digest = digest;
        this.rescuer = rescuer;
    }

    /** The header at an offset, if one verifies there and its batch fits in front of the limit. */
    @Nullable
    BatchHeader headerAt(long offset) throws IOException {
        if (offset + BatchHeader.BYTES > limit) {
            return null;
        }
        int at = window.load(offset, BatchHeader.BYTES, limit);
        BatchHeader header = BatchHeader.decode(window.buffer(), at, part.salt(), offset);
        return header != null && offset + header.paddedBytes() <= limit ? header : null;
    }

    /**
     * Checks a batch whose header has verified.
     *
     * @param index takes the places of its entries
     * @return whether all of it is as it was written
     */
    boolean check(BatchHeader header, long offset, GrowingIndex index) throws IOException {
        long body = offset + BatchHeader.BYTES;
        long end = body + header.bodyBytes();
        index.beginBatch(header.firstIndex(), header.time(), (int) offset);
        boolean sound = checkEntries(header, body, end, index);
        index.endBatch((int) (offset + header.paddedBytes()));
        if (sound && crc(body, end) != header.bodyCrc()) {
            findings.add(
                    part.id(), offset, header.firstIndex(), "the checksum of the batch does not match its entries");
            sound = false;
        }
        return checkPadding(end, offset + header.paddedBytes()) && sound;
    }

    private boolean checkEntries(BatchHeader header, long body, long end, GrowingIndex index) throws IOException {
        boolean sound = true;
        long at = body;
        for (long entry = header.firstIndex(); entry <= header.lastIndex(); entry++) {
            int length = lengthAt(at, end);
            if (length < 0) {
                findings.add(part.id(), at, entry, "the length of the entry leads out of its batch");
                rescuer.rescue(entry, header.lastIndex());
                return false;
            }
            index.addEntry((int) at);
            sound &= checkEntry(entry, at, length);
            at += Layout.ENTRY_HEADER_BYTES + length;
        }
        if (at != end) {
            findings.add(part.id(), at, "the batch has " + (end - at) + " bytes more than its entries");
        }
        return sound && at == end;
    }

    private int lengthAt(long at, long end) throws IOException {
        if (at + Layout.ENTRY_HEADER_BYTES > end) {
            return -1;
        }
        int in = window.load(at, Layout.ENTRY_HEADER_BYTES, limit);
        int length = window.buffer().getInt(in);
        return length > end - at - Layout.ENTRY_HEADER_BYTES ? -1 : length;
    }

    private boolean checkEntry(long entry, long at, int length) throws IOException {
        boolean ofLog = part.holds(entry);
        int in = window.load(at, Layout.ENTRY_HEADER_BYTES, limit);
        int check = window.buffer().getInt(in + Integer.BYTES);
        if (ofLog) {
            digest.begin(entry, length);
        }
        CRC32C crc = new CRC32C();
        long from = at + Layout.ENTRY_HEADER_BYTES;
        long to = from + length;
        while (from < to) {
            ByteBuffer piece = piece(from, to);
            from += piece.remaining();
            if (ofLog) {
                digest.content(piece.duplicate());
            }
            crc.update(piece);
        }
        boolean sound = Checks.bind((int) crc.getValue(), part.salt(), entry, length) == check;
        if (!sound) {
            String whose = ofLog ? "the entry" : "the entry, which does not belong to the log any more,";
            findings.add(part.id(), at, entry, "the checksum of " + whose + " does not match");
        }
        if (ofLog) {
            digest.end(sound);
        }
        return sound;
    }

    private int crc(long from, long to) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = from; at < to; ) {
            ByteBuffer piece = piece(at, to);
            at += piece.remaining();
            crc.update(piece);
        }
        return (int) crc.getValue();
    }

    private ByteBuffer piece(long from, long to) throws IOException {
        int length = (int) Math.min(PIECE, to - from);
        int in = window.load(from, length, limit);
        return window.buffer().slice(in, length);
    }

    private boolean checkPadding(long from, long to) throws IOException {
        boolean zero = true;
        for (long at = from; at < to; at++) {
            int in = window.load(at, 1, limit);
            zero &= window.buffer().get(in) == 0;
        }
        if (!zero) {
            findings.add(part.id(), from, "the padding behind the batch is not zero; no entry is hurt");
        }
        return zero;
    }
}
