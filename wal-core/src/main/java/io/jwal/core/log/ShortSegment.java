package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.SegmentCopy;
import io.jwal.core.read.LogView;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.core.segment.SegmentIndex;
import io.jwal.store.LogManifest;
import io.jwal.store.Store;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A last segment of which so little belongs to the log that it is copied into the next one, so that a thousand short
 * runs or cuts do not leave a thousand segments.
 *
 * @param named the segment
 * @param first the first index to copy
 * @param bytes how many bytes that are, roughly
 * @param source its content; to be released
 */
record ShortSegment(LogManifest.Segment named, long first, long bytes, ReadableSegment source) {
    private static final System.Logger LOG = System.getLogger("io.jwal");
    private static final long MAX_BYTES = 1 << 20;

    /** The last segment of a log, if it is short, sound as far as one can see, and the log ends with it. */
    static @Nullable ShortSegment find(Store store, LogView view, long segmentSize) {
        List<LogManifest.Segment> sealed = view.sealed();
        if (sealed.isEmpty()) {
            return null;
        }
        LogManifest.Segment last = sealed.get(sealed.size() - 1);
        try {
            ReadableSegment source = ReadableSegment.sealed(store, last);
            long first = Math.max(last.firstIndex(), view.firstIndex());
            long bytes = bytes(source.index(), first, last.lastIndex());
            if (bytes <= Math.min(MAX_BYTES, segmentSize / 2)) {
                return new ShortSegment(last, first, bytes, source);
            }
            source.release();
        } catch (IOException | CorruptLogException e) {
            leaveAlone(last, e);
        }
        return null;
    }

    private static long bytes(SegmentIndex index, long first, long last) {
        long end = last < index.lastIndex() ? index.offset(last + 1) : index.end();
        return Math.max(0, end) - Math.max(0, index.offset(first));
    }

    /**
     * Copies it, durably.
     *
     * @return whether it is there as a whole; a damaged one is better left alone
     */
    boolean copyTo(SegmentAppender next, long durable) throws IOException {
        try {
            new SegmentCopy(bytes -> next, durable).copy(source, first, named.lastIndex());
            next.sync();
            return true;
        } catch (CorruptLogException e) {
            leaveAlone(named, e);
            return false;
        } finally {
            source.release();
        }
    }

    private static void leaveAlone(LogManifest.Segment last, Exception why) {
        LOG.log(System.Logger.Level.WARNING, "segment " + last.id() + " is not joined; run `wal verify`", why);
    }
}
