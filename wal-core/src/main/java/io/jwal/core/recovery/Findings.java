package io.jwal.core.recovery;

import io.jwal.CorruptLogException;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What recovery found in the open segments of a log.
 *
 * @param manifest the manifest they were read by
 * @param survivors those that hold sound entries; the caller is their user and lets go of them
 * @param lastIndex the last index of the log that verifies, without a gap
 * @param durableIndex the largest durable index that anything claims
 * @param lastTime the time of the last entry, in milliseconds since 1970, 0 without one
 * @param tornBytes how many bytes behind the last entry are no batch: a write that nobody was promised
 * @param damage why the log is damaged, or null if it is not
 * @param damagedFrom the first damaged segment, or null
 */
public record Findings(
        LogManifest manifest,
        List<ReadableSegment> survivors,
        long lastIndex,
        long durableIndex,
        long lastTime,
        long tornBytes,
        @Nullable CorruptLogException damage,
        @Nullable SegmentId damagedFrom) {

    /** Survivors that hold nothing from an index on. */
    public List<ReadableSegment> endingBefore(long index) {
        return survivors.stream()
                .filter(segment -> segment.index().lastIndex() < index)
                .toList();
    }

    /** The same without survivors that the log has dropped meanwhile. */
    public Findings without(List<ReadableSegment> gone) {
        List<ReadableSegment> left =
                survivors.stream().filter(segment -> !gone.contains(segment)).toList();
        return new Findings(manifest, left, lastIndex, durableIndex, lastTime, tornBytes, damage, damagedFrom);
    }

    /** The same, damaged if the log ends before an index that somebody knows it had. */
    public Findings expecting(long index) {
        if (damage != null || lastIndex >= index) {
            return this;
        }
        CorruptLogException missing = new CorruptLogException(
                "entry " + index + " was expected (expectLastIndex), but the log ends at " + lastIndex
                        + "; nothing was changed: restore it from a backup, or open with \"onCorruption\": \"salvage\""
                        + " to go on without what is missing",
                null,
                -1,
                lastIndex + 1,
                null);
        return new Findings(manifest, survivors, lastIndex, durableIndex, lastTime, tornBytes, missing, damagedFrom);
    }

    /** Whether the manifest has to change: it names open segments, or claims what is not there. */
    public boolean needsRename() {
        return damage != null || !manifest.segments(LogManifest.State.OPEN).isEmpty();
    }

    /** What was open and is not needed once it is copied; the damaged segment and all after it are kept aside. */
    public List<SegmentId> replaced() {
        List<LogManifest.Segment> open = manifest.segments(LogManifest.State.OPEN);
        return open.subList(0, open.size() - quarantined().size()).stream()
                .map(LogManifest.Segment::id)
                .toList();
    }

    /** The damaged segment and all after it, set aside. */
    public List<LogManifest.Segment> quarantined() {
        return manifest.segments(LogManifest.State.OPEN).stream()
                .dropWhile(segment -> !segment.id().equals(damagedFrom))
                .map(LogManifest.Segment::quarantined)
                .toList();
    }

    /** Lets go of the survivors. */
    public void release() {
        survivors.forEach(ReadableSegment::release);
    }
}
