package io.jwal.core.inspect;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.recovery.Findings;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.ReadableSegment;
import java.io.IOException;

/** Checks what the recovery rule finds in the open segments, entry by entry. */
final class OpenCheck {
    private final long firstOfLog;
    private final FindingList findings;
    private final EntryDigest digest;

    OpenCheck(long firstOfLog, FindingList findings, EntryDigest digest) {
        this.firstOfLog = firstOfLog;
        this.findings = findings;
        this.digest = digest;
    }

    /** Checks all that survives; what does not is damage or a torn write, and recovery says which. */
    void run(Findings recovered) {
        for (ReadableSegment segment : recovered.survivors()) {
            try {
                check(segment);
            } catch (IOException | InternalError e) { // the JVM's word for a mapped page that the disk cannot give
                findings.add(segment.id(), "it could not be read: " + e.getMessage());
                digest.miss();
            }
        }
        if (recovered.damage() != null) {
            findings.add(recovered.damage());
            digest.miss();
        }
    }

    private void check(ReadableSegment segment) throws IOException {
        long end = segment.index().end();
        SegmentPart part = new SegmentPart(
                segment.id(),
                segment.salt(),
                segment.reader(),
                Math.max(firstOfLog, segment.index().firstIndex()),
                segment.index().lastIndex());
        BatchCheck batches = new BatchCheck(part, end, findings, digest, (from, to) -> digest.miss());
        long offset = SegmentHeader.BYTES;
        while (offset < end) {
            BatchHeader header = batches.headerAt(offset);
            if (header == null) {
                findings.add(segment.id(), offset, "the batch that was here a moment ago does not verify any more");
                digest.miss();
                return;
            }
            batches.check(header, offset, new GrowingIndex());
            offset += header.paddedBytes();
        }
    }
}
