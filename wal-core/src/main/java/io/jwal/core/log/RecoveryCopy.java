package io.jwal.core.log;

import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.SegmentCopy;
import io.jwal.core.manifest.ManifestDraft;
import io.jwal.core.recovery.Findings;
import io.jwal.core.segment.ReadableSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the entries that survived in open segments into new ones: all but the last are sealed, all are durable before
 * anybody sees them. Then one manifest write names them instead of the old ones.
 */
final class RecoveryCopy {
    private final Findings findings;
    private final long firstIndex;
    private final Creator creator;
    private final long segmentSize;
    private final List<SegmentAppender> made = new ArrayList<>();

    /** Creates a segment. */
    @FunctionalInterface
    interface Creator {
        SegmentAppender create(long expectedBytes) throws IOException;
    }

    RecoveryCopy(Findings findings, long firstIndex, Creator creator, long segmentSize) {
        this.findings = findings;
        this.firstIndex = firstIndex;
        this.creator = creator;
        this.segmentSize = segmentSize;
    }

    void run() throws IOException {
        long durable = Math.min(findings.durableIndex(), findings.lastIndex());
        SegmentCopy copy = new SegmentCopy(this::next, durable);
        for (ReadableSegment survivor : findings.survivors()) {
            long first = Math.max(firstIndex, survivor.index().firstIndex());
            copy.copy(survivor, first, survivor.index().lastIndex());
        }
        SegmentAppender last = last();
        if (last != null) {
            last.sync();
        }
    }

    private SegmentAppender next(long batchBytes) throws IOException {
        SegmentAppender now = last();
        if (now != null && (now.position() + batchBytes <= segmentSize && !now.isFull())) {
            return now;
        }
        if (now != null) {
            now.sync();
            now.seal();
        }
        SegmentAppender created = creator.create(Math.min(segmentSize, survivingBytes()));
        made.add(created);
        return created;
    }

    private long survivingBytes() {
        return findings.survivors().stream()
                .mapToLong(survivor -> survivor.index().end())
                .sum();
    }

    /** The last copy, which is the hot segment from now on; null if nothing survived. */
    @Nullable
    SegmentAppender last() {
        return made.isEmpty() ? null : made.get(made.size() - 1);
    }

    /** Names the copies instead of what was open. */
    void rename(ManifestDraft draft) {
        draft.remove(findings.replaced());
        findings.quarantined().forEach(draft::replace);
        for (SegmentAppender copy : made) {
            draft.add(copy == last() ? copy.named() : copy.sealed());
        }
        draft.durable(findings.lastIndex());
        if (findings.damage() != null) {
            draft.cut(findings.lastIndex());
        }
    }

    /** The copies, in order; none of them is named before {@link #rename} is written. */
    List<SegmentAppender> made() {
        return made;
    }

    /** Lets go of the copies that are sealed; they are read like all others from now on. */
    void closeSealed() {
        for (SegmentAppender copy : made) {
            if (copy != last()) {
                copy.release();
            }
        }
    }
}
