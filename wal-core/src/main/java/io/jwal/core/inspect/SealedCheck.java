package io.jwal.core.inspect;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.format.Trailer;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Checks a sealed segment: its header, its batches, its index and trailer, and what the manifest says of it. */
final class SealedCheck {
    private final Store store;
    private final LogManifest.Segment named;
    private final SegmentId id;
    private final long firstOfLog;
    private final FindingList findings;
    private final EntryDigest digest;
    private final GrowingIndex index = new GrowingIndex();
    private boolean batchesSound = true;
    private long lastTimeOfLog;

    /**
     * A check of one segment.
     *
     * @param firstOfLog the first index of the log, which may lie in the segment
     */
    SealedCheck(Store store, LogManifest.Segment named, long firstOfLog, FindingList findings, EntryDigest digest) {
        this.store = store;
        this.named = named;
        this.id = named.id();
        this.firstOfLog = firstOfLog;
        this.findings = findings;
        this.digest = digest;
    }

    void run() {
        try (SegmentReader reader = store.openSegment(id)) {
            check(reader);
        } catch (SegmentNotFoundException e) {
            lost("the manifest names it, but it is missing");
        } catch (CorruptLogException e) {
            findings.add(e);
            lost("its entries cannot be read");
        } catch (UnsupportedFormatException e) { // or a damaged version number, which nobody can tell from it
            lost(String.valueOf(e.getMessage()));
        } catch (IOException | InternalError e) { // the JVM's word for a mapped page that the disk cannot give
            lost("it could not be read: " + e.getMessage());
        }
    }

    private void lost(String why) {
        findings.add(id, why + " (entries " + named.firstIndex() + " to " + named.lastIndex() + ")");
        digest.miss();
    }

    private void check(SegmentReader reader) throws IOException {
        long size = Math.min(reader.size(), named.bytes());
        @Nullable Trailer trailer = decodeTrailer(reader, size);
        checkHeader(reader, size, trailer != null);
        if (size < named.bytes()) {
            findings.add(id, size, "it ends here, but the manifest says that it has " + named.bytes() + " bytes");
        }
        if (trailer == null && isWhole(size)) {
            findings.add(id, size - Trailer.BYTES, "the trailer does not verify; it can be rebuilt, no entry is hurt");
        }
        long limit = trailer == null ? size : trailer.indexOffset();
        SegmentPart part =
                new SegmentPart(id, named.salt(), reader, Math.max(firstOfLog, named.firstIndex()), named.lastIndex());
        EntryRescue rescue = new EntryRescue(store, named, part, findings, digest);
        try {
            long end =
                    walk(new BatchCheck(part, limit, findings, digest, rescue::rescue), limit, rescue, trailer == null);
            checkAgainstManifest();
            checkIndex(reader, trailer, end);
        } finally {
            rescue.close();
        }
    }

    private @Nullable Trailer decodeTrailer(SegmentReader reader, long size) throws IOException {
        return isWhole(size)
                ? Trailer.decode(reader.slice(size - Trailer.BYTES, Trailer.BYTES), named.salt(), size)
                : null;
    }

    private boolean isWhole(long size) {
        return size == named.bytes() && size >= SegmentHeader.BYTES + Trailer.BYTES;
    }

    /** Without a trailer that verifies, nobody reads the segment whose header is hurt. */
    private void checkHeader(SegmentReader reader, long size, boolean vouched) throws IOException {
        try {
            ReadableSegment.checkHeader(reader, id, named.salt(), size);
        } catch (CorruptLogException | UnsupportedFormatException e) {
            if (!vouched) {
                throw e;
            }
            findings.add(id, 0, "the header does not verify; the trailer does, so no entry is hurt");
        }
    }

    /**
     * Checks batch after batch.
     *
     * @param limit where they end at the latest
     * @param guessed whether they may end before that; without a trailer only they tell
     * @return where they end
     */
    private long walk(BatchCheck batches, long limit, EntryRescue rescue, boolean guessed) throws IOException {
        long expected = named.firstIndex();
        long offset = SegmentHeader.BYTES;
        while (offset < limit) {
            BatchHeader header = batches.headerAt(offset);
            if (header != null && header.firstIndex() == expected) {
                batchesSound &= batches.check(header, offset, index);
                checkTime(header, offset);
                offset += header.paddedBytes();
                expected = header.lastIndex() + 1;
            } else if (guessed && expected > named.lastIndex()) {
                return offset;
            } else {
                batchesSound = false;
                long next = next(batches, offset, limit, expected);
                BatchHeader found = next < limit ? batches.headerAt(next) : null;
                long to = found == null ? named.lastIndex() : found.firstIndex() - 1;
                findings.add(id, offset, expected, "no batch verifies here; the next one is at offset " + next);
                rescue.rescue(expected, to);
                offset = next;
                expected = Math.max(expected, to + 1);
            }
        }
        if (expected <= named.lastIndex()) {
            batchesSound = false;
            findings.add(id, offset, expected, "the batches end here, but " + named.lastIndex() + " is to be the last");
            rescue.rescue(expected, named.lastIndex());
        }
        return offset;
    }

    /** Where the next batch begins that can follow, or the limit. */
    private static long next(BatchCheck batches, long from, long limit, long expected) throws IOException {
        for (long offset = from + 8; offset < limit; offset += 8) {
            BatchHeader header = batches.headerAt(offset);
            if (header != null && header.firstIndex() >= expected) {
                return offset;
            }
        }
        return limit;
    }

    private void checkTime(BatchHeader header, long offset) {
        if (header.time() < lastTimeOfLog) {
            findings.add(id, offset, header.firstIndex(), "the batch is older than the one before it");
        }
        if (header.firstIndex() <= named.lastIndex()) {
            lastTimeOfLog = header.time();
        }
    }

    private void checkAgainstManifest() {
        if (batchesSound && (index.firstTime() != named.firstTime() || lastTimeOfLog != named.lastTime())) {
            findings.add(
                    id,
                    "its batches are of " + index.firstTime() + " to " + lastTimeOfLog + ", but the manifest says "
                            + named.firstTime() + " to " + named.lastTime());
        }
    }

    private void checkIndex(SegmentReader reader, @Nullable Trailer trailer, long end) throws IOException {
        if (!batchesSound || trailer == null) {
            return; // there is nothing to compare with, or it is known to be damaged
        }
        long differs = IndexComparison.firstDifference(index, named.salt(), reader, end, named.bytes());
        if (differs >= 0) {
            findings.add(id, differs, "the index is not that of the batches; it can be rebuilt, no entry is hurt");
        }
    }
}
