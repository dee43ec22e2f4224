package io.jwal.core.inspect;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;

/**
 * The part of a segment that belongs to the log.
 *
 * @param id the segment
 * @param salt what its checks depend on, by the manifest
 * @param reader its bytes
 * @param first the first index of it that belongs to the log
 * @param last the last one
 */
record SegmentPart(SegmentId id, long salt, SegmentReader reader, long first, long last) {
    /** Whether an entry belongs to the log. */
    boolean holds(long index) {
        return first <= index && index <= last;
    }
}
