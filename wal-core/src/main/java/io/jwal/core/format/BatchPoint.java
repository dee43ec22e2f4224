package io.jwal.core.format;

/**
 * Where a batch lies. An index keeps one for every {@link Layout#POINT_SPACING} bytes.
 *
 * @param firstIndex index of the batch's first entry
 * @param time when it was committed, in milliseconds since 1970
 * @param offset where its header lies in the segment
 */
public record BatchPoint(long firstIndex, long time, int offset) {
    /** Length of a point in an index. */
    public static final int BYTES = 24;
}
