package io.jwal.core.log;

import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.SegmentCopy;
import io.jwal.core.manifest.ManifestDraft;
import io.jwal.core.recovery.Findings;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private final List<LogManifest.Segment> sealed = new ArrayList<>();
    private @Nullable SegmentAppender last;

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
        if (last != null) {
            last.sync();
        }
    }

    private SegmentAppender next(long batchBytes) throws IOException {
        SegmentAppender now = last;
        if (now != null && (now.position() + batchBytes <= segmentSize && !now.isFull())) {
            return now;
        }
        if (now != null) {
            now.sync();
            now.seal();
            sealed.add(now.sealed());
            last = null;
            now.release();
        }
        SegmentAppender created = creator.create(Math.min(segmentSize, survivingBytes()));
        last = created;
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
        return last;
    }

    /** Names the copies instead of what was open. */
    void rename(ManifestDraft draft) {
        draft.remove(findings.replaced());
        findings.quarantined().forEach(draft::replace);
        sealed.forEach(draft::add);
        if (last != null) {
            draft.add(last.named());
        }
        draft.durable(findings.lastIndex());
        if (findings.damage() != null) {
            draft.cut(findings.lastIndex());
        }
    }

    /** Gives up the copies; none of them was named. */
    void discard(Consumer<SegmentId> delete) {
        release();
        sealed.forEach(copy -> delete.accept(copy.id()));
        if (last != null) {
            delete.accept(last.id());
        }
    }

    /** Lets go of the last copy, the only one that is still being written. */
    void release() {
        if (last != null) {
            last.release();
        }
    }
}
