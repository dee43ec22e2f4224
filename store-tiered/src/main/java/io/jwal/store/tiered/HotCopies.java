package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes hot copies that {@code keepHot} does not want. Only what the archive's manifest names as a whole, and what can be
 * opened there, may go. One whose copy in the archive is lost stays, and no other for it.
 */
final class HotCopies {
    private final Tiers tiers;
    private final Set<SegmentId> held = new HashSet<>();
    private boolean warned;

    HotCopies(Tiers tiers) {
        this.tiers = tiers;
    }

    void free(LogManifest log) throws IOException {
        TieredStoreConfig.KeepHot keep = tiers.config().keepHot();
        if (keep == null) {
            return;
        }
        Set<SegmentId> there = new HashSet<>(tiers.hot().listSegments());
        held.retainAll(there);
        tiers.counters().hotCopiesHeld = held.size();
        List<LogManifest.Segment> hot = log.segments(LogManifest.State.SEALED).stream()
                .filter(segment -> there.contains(segment.id()))
                .toList();
        long bytes = hot.stream().mapToLong(LogManifest.Segment::bytes).sum();
        long most = keep.bytes() == null ? Long.MAX_VALUE : keep.bytes().bytes();
        long oldest = keep.age() == null
                ? Long.MIN_VALUE
                : tiers.context().clock().millis() - keep.age().toMillis();
        boolean confirmed = false;
        for (LogManifest.Segment segment : hot) {
            if ((bytes <= most && segment.lastTime() >= oldest) || !tiers.isArchived(segment)) {
                return;
            }
            if (!confirmed) {
                tiers.register().confirm(); // a hot store that was taken over is left whole
                confirmed = true;
            }
            try {
                tiers.register().checkWhole(segment.id());
            } catch (IOException e) {
                if (!Pieces.isLost(e)) {
                    warnOnce(segment.id(), e);
                    return; // it may go by, and the others would fail as well
                }
                hold(segment.id(), e);
                continue;
            }
            warned = false;
            tiers.hot().deleteSegment(segment.id());
            tiers.counters().hotCopiesRemoved.increment();
            bytes -= segment.bytes();
        }
    }

    private void hold(SegmentId id, IOException why) {
        if (held.add(id)) {
            tiers.counters().hotCopiesHeld = held.size();
            warn(
                    "the archive's copy of segment " + id
                            + " is missing or damaged, so its hot copy stays; restore the archive's, or copy the log to"
                            + " a new one before the hot disk is lost",
                    why);
        }
    }

    private void warnOnce(SegmentId id, IOException why) {
        if (!warned) {
            warned = true;
            warn(
                    "the archive's copy of segment " + id
                            + " cannot be opened, so its hot copy and those after it stay;"
                            + " mend the cause before the hot disk is full",
                    why);
        }
    }

    private void warn(String what, IOException why) {
        tiers.context().logger().log(System.Logger.Level.WARNING, what, why);
    }
}
