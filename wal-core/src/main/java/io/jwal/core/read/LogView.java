package io.jwal.core.read;

import io.jwal.core.segment.MappedEntries;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log at one moment. Immutable, but for the indexes of open segments, which grow, and for what it
 * remembers of mapped ones.
 */
public final class LogView {
    /** Of so many entries that are read one by one, one asks the cache, which learns by it what is in use. */
    private static final int READS_PER_LOOKUP = 64;

    private final LogManifest manifest;
    private final List<LogManifest.Segment> sealed;
    private final List<ReadableSegment> open;

    /** Of sealed segments that were read and lie in memory. Those that the cache has let go are empty by now. */
    private final AtomicReferenceArray<@Nullable MappedEntries> mapped;

    /**
     * The segments that a manifest names, with what is known of the open ones.
     *
     * @param manifest what the log is
     * @param open its open segments that hold or will hold entries, in order
     */
    public LogView(LogManifest manifest, List<ReadableSegment> open) {
        this.manifest = manifest;
        this.sealed = manifest.segments(LogManifest.State.SEALED);
        this.open = List.copyOf(open);
        this.mapped = new AtomicReferenceArray<>(sealed.size());
    }

    /** What the log is. */
    public LogManifest manifest() {
        return manifest;
    }

    /** Its sealed segments, in order. */
    public List<LogManifest.Segment> sealed() {
        return sealed;
    }

    /** Its open segments, in order, behind them. */
    public List<ReadableSegment> open() {
        return open;
    }

    /** Bytes of all segments; of open ones, what was appended. */
    public long bytes() {
        return sealed.stream().mapToLong(LogManifest.Segment::bytes).sum()
                + open.stream().mapToLong(segment -> segment.index().end()).sum();
    }

    /** The last index in the sealed segments; the one before the log begins without any. */
    public long sealedEnd() {
        return sealed.isEmpty()
                ? firstIndex() - 1
                : sealed.get(sealed.size() - 1).lastIndex();
    }

    /** The first index of the log. */
    public long firstIndex() {
        return manifest.firstIndex();
    }

    /** The sealed segment that holds an entry, or null. */
    LogManifest.@Nullable Segment sealedAt(long index) {
        int position = sealedPosition(index);
        return position < 0 ? null : sealed.get(position);
    }

    private int sealedPosition(long index) {
        int low = 0;
        int high = sealed.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            LogManifest.Segment segment = sealed.get(middle);
            if (index < segment.firstIndex()) {
                high = middle - 1;
            } else if (index > segment.lastIndex()) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /** The entries of the sealed segment that holds one, if they are at hand: some plain reads and no bookkeeping. */
    @Nullable
    MappedEntries mappedAt(long index) {
        int position = index % READS_PER_LOOKUP == 0 ? -1 : sealedPosition(index);
        return position < 0 ? null : mapped.get(position);
    }

    /** Remembers the entries of a sealed segment that was acquired, if they lie in memory. */
    void remember(LogManifest.Segment named, ReadableSegment segment) {
        MappedEntries entries = segment.mapped();
        int position = entries == null ? -1 : sealedPosition(named.firstIndex());
        if (position >= 0 && mapped.get(position) != entries) {
            mapped.set(position, entries);
        }
    }

    /** The first index of the first sealed segment that ends at or after a time; of the open ones if there is none. */
    long firstNotBefore(long time) {
        int low = 0;
        int high = sealed.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sealed.get(middle).lastTime() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < sealed.size()) {
            return sealed.get(low).firstIndex();
        }
        return sealed.isEmpty() ? firstIndex() : sealed.get(low - 1).lastIndex() + 1;
    }

    /** The last index that belongs to the log in the segment that holds an entry; without a limit in an open one. */
    long endAt(long index) {
        LogManifest.Segment segment = sealedAt(index);
        return segment == null ? Long.MAX_VALUE : segment.lastIndex();
    }

    /** The open segment that holds an entry, or null. */
    @Nullable
    ReadableSegment openAt(long index) {
        for (int i = open.size() - 1; i >= 0; i--) {
            ReadableSegment segment = open.get(i);
            long first = segment.index().firstIndex();
            if (first != 0 && first <= index && index <= segment.index().lastIndex()) {
                return segment;
            }
        }
        return null;
    }
}
