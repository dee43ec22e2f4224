package io.jwal.core.segment;

import io.jwal.core.format.BatchPoint;

/** Where the entries and some batches of a segment lie. */
public interface SegmentIndex {
    /** What {@link #offset} answers for an entry that damage has made impossible to find. */
    int LOST = -1;

    /** Index of the first entry, 0 while there is none. */
    long firstIndex();

    /** Index of the last entry, 0 while there is none. It may be beyond what belongs to the log. */
    long lastIndex();

    /** Where the batches end: no entry lies at or beyond this offset. */
    int end();

    /** Where an entry's length lies, from the start of the segment, or {@link #LOST}. */
    int offset(long index);

    /** How many points there are, at least one once there are entries. */
    int points();

    /** A point; they are in the order of their batches. */
    BatchPoint point(int number);

    /** Time of the first batch. */
    long firstTime();

    /** Time of the last batch. */
    long lastTime();

    /** The last point at or before an index. */
    default BatchPoint pointAt(long index) {
        int low = 0;
        int high = points() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (point(middle).firstIndex() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return point(low);
    }
}
