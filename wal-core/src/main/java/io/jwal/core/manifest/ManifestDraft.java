package io.jwal.core.manifest;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A manifest while it is changed. What is changed together is written together. */
public final class ManifestDraft {
    private final long epoch;
    private long firstIndex;
    private long durableIndex;
    private long cutCounter;
    private final List<LogManifest.Cut> cuts;
    private final List<LogManifest.Segment> segments;

    private ManifestDraft(LogManifest manifest) {
        epoch = manifest.epoch();
        firstIndex = manifest.firstIndex();
        durableIndex = manifest.durableIndex();
        cutCounter = manifest.cutCounter();
        cuts = new ArrayList<>(manifest.cuts());
        segments = new ArrayList<>(manifest.segments());
    }

    /** A change that {@link OwnedRegister#update} takes. */
    public static UnaryOperator<LogManifest> edit(Consumer<ManifestDraft> change) {
        return manifest -> {
            ManifestDraft draft = new ManifestDraft(manifest);
            change.accept(draft);
            return draft.build();
        };
    }

    private LogManifest build() {
        segments.sort(Comparator.comparing(LogManifest.Segment::state));
        return new LogManifest(epoch, firstIndex, durableIndex, cutCounter, cuts, segments);
    }

    /** Where the log begins. */
    public ManifestDraft first(long index) {
        firstIndex = index;
        return this;
    }

    /** The last index known to be durable. */
    public ManifestDraft durable(long index) {
        durableIndex = index;
        return this;
    }

    /** Entries behind an index were cut away. */
    public ManifestDraft cut(long lastIndex) {
        cutCounter++;
        cuts.add(new LogManifest.Cut(cutCounter, lastIndex));
        if (cuts.size() > LogManifest.MAX_CUTS) {
            cuts.remove(0);
        }
        return this;
    }

    /** Names a segment, behind the others of its state. */
    public ManifestDraft add(LogManifest.Segment segment) {
        segments.add(segment);
        return this;
    }

    /** Names no longer what it named before. */
    public ManifestDraft remove(Collection<SegmentId> ids) {
        segments.removeIf(segment -> ids.contains(segment.id()));
        return this;
    }

    /** Names a segment in another state, or with another range; nothing happens if it is not named any more. */
    public ManifestDraft replace(LogManifest.Segment changed) {
        if (segments.removeIf(segment -> segment.id().equals(changed.id()))) {
            segments.add(changed);
        }
        return this;
    }

    /** Takes sealed segments back to an index, whose time is given; it becomes the durable one. */
    public ManifestDraft cutAfter(long lastIndex, long lastTime) {
        segments.removeIf(segment -> segment.is(LogManifest.State.SEALED) && segment.firstIndex() > lastIndex);
        segments.replaceAll(
                segment -> segment.lastIndex() > lastIndex ? segment.endingAt(lastIndex, lastTime) : segment);
        return dropPassed().cut(lastIndex).durable(lastIndex);
    }

    /** Names no segment of the log any more: it is empty and goes on at an index. */
    public ManifestDraft empty(long first) {
        segments.removeIf(segment -> !segment.is(LogManifest.State.QUARANTINED));
        return first(first).durable(first - 1);
    }

    /** Drops sealed segments that end before the log begins. */
    public ManifestDraft dropPassed() {
        segments.removeIf(segment -> segment.is(LogManifest.State.SEALED) && segment.lastIndex() < firstIndex);
        return this;
    }
}
