package io.jwal.core.inspect;

import io.jwal.CorruptLogException;
import io.jwal.core.segment.BatchScan;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Proves that bytes are the segment that a manifest names: header, every batch, index and trailer. For stores that keep
 * copies. Unlike verification it stops at the first doubt, and what readers could do without counts as well: a copy must
 * be as good as what it is a copy of.
 */
public final class SegmentProof {
    private SegmentProof() {}

    /**
     * See {@link io.jwal.store.StoreContext#verify}.
     *
     * @throws io.jwal.CorruptLogException if anything does not verify
     */
    public static Optional<LogManifest.Segment> of(LogManifest.Segment named, SegmentReader content, long bytes)
            throws IOException {
        ReadableSegment.checkHeader(content, named.id(), named.salt(), bytes);
        BatchScan scan = new BatchScan(content, named.salt());
        GrowingIndex found = scan.index();
        long wanted = named.is(LogManifest.State.SEALED) ? named.firstIndex() : 0;
        while (scan.next(wanted, bytes) != null) {
            wanted = found.lastIndex() + 1;
        }
        if (named.is(LogManifest.State.SEALED)) {
            checkSealed(named, content, bytes, scan);
        } else if (scan.position() != bytes) {
            throw damaged(named, scan.position());
        }
        return found.count() == 0
                ? Optional.empty()
                : Optional.of(new LogManifest.Segment(
                        named.id(),
                        named.salt(),
                        named.state(),
                        found.firstIndex(),
                        found.lastIndex(),
                        bytes,
                        found.firstTime(),
                        found.lastTime()));
    }

    private static void checkSealed(LogManifest.Segment named, SegmentReader content, long bytes, BatchScan scan)
            throws IOException {
        if (bytes != named.bytes()) {
            throw Damage.segment(
                    named.id(), bytes, "has " + bytes + " bytes, but the manifest says " + named.bytes(), null);
        }
        if (scan.index().lastIndex() < named.lastIndex()) {
            throw damaged(named, scan.position());
        }
        long differs =
                IndexComparison.firstDifference(scan.index(), named.salt(), content, scan.position(), named.bytes());
        if (differs >= 0) {
            throw damaged(named, differs);
        }
    }

    private static CorruptLogException damaged(LogManifest.Segment named, long offset) {
        return Damage.segment(named.id(), offset, "is damaged at offset " + offset, null);
    }
}
