package io.jwal.fuzz;

import io.jwal.core.recovery.Findings;
import io.jwal.core.recovery.RecoveryScan;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.util.List;

/** Recovery of an open segment, and reading what it says has survived. */
final class FuzzedOpenSegment implements FuzzedReader {
    @Override
    public void read(byte[] input) throws IOException {
        SegmentInput segment = SegmentInput.of(input);
        LogManifest manifest =
                new LogManifest(1, 1, 0, 0, List.of(), List.of(LogManifest.Segment.open(segment.id(), segment.salt())));
        Findings findings = RecoveryScan.scan(segment.store(), manifest);
        try {
            for (ReadableSegment survivor : findings.survivors()) {
                long last = survivor.index().lastIndex();
                if (last > findings.lastIndex()) {
                    throw new AssertionError("a survivor ends at " + last + ", the log at " + findings.lastIndex());
                }
                SegmentInput.readAll(survivor, survivor.index().firstIndex(), last);
            }
            if (findings.damage() != null) {
                throw findings.damage();
            }
            if (findings.durableIndex() > findings.lastIndex()) {
                throw new AssertionError("durable entries are missing without a word: " + findings);
            }
        } finally {
            findings.release();
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        return SegmentInput.golden(
                0,
                SegmentInput.HEADER | SegmentInput.BATCHES,
                SegmentInput.HEADER | SegmentInput.BATCHES | SegmentInput.TRAILER | SegmentInput.CLAIMED);
    }
}
