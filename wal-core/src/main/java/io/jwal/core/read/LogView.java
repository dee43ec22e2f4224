package io.jwal.core.read;

import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log at one moment. Immutable, but for the indexes of open segments, which grow.
 *
 * @param manifest what the log is
 * @param sealed its sealed segments, in order
 * @param open its open segments, in order, behind them
 */
public record LogView(LogManifest manifest, List<LogManifest.Segment> sealed, List<ReadableSegment> open) {
    /** The segments that a manifest names, with what is known of the open ones. */
    public static LogView of(LogManifest manifest, List<ReadableSegment> open) {
        return new LogView(manifest, manifest.segments(LogManifest.State.SEALED), List.copyOf(open));
    }

    /** The first index of the log. */
    public long firstIndex() {
        return manifest.firstIndex();
    }

    /** The sealed segment that holds an entry, or null. */
    LogManifest.@Nullable Segment sealedAt(long index) {
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
                return segment;
            }
        }
        return null;
    }

    /** The open segment that holds an entry, or null. */
    @Nullable ReadableSegment openAt(long index) {
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
