package io.jwal.core.segment;

import io.jwal.core.format.BatchPoint;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The index of a segment that is being written, scanned or rebuilt. One thread adds; a batch becomes visible to others
 * as a whole, by {@link #endBatch}.
 */
public final class GrowingIndex implements SegmentIndex {
    private final OffsetTable offsets = new OffsetTable();
    private final CopyOnWriteArrayList<BatchPoint> points = new CopyOnWriteArrayList<>();
    private long firstTime;
    private volatile long firstIndex;
    private volatile long lastIndex;
    private volatile long lastTime;
    private volatile int end = SegmentHeader.BYTES;

    /** Begins a batch at an offset. The first one sets where the segment begins. */
    public void beginBatch(long index, long time, int offset) {
        discardUnfinished();
        if (lastIndex == 0) {
            firstTime = time;
            firstIndex = index;
        }
        if (points.isEmpty() || offset >= points.get(points.size() - 1).offset() + Layout.POINT_SPACING) {
            points.add(new BatchPoint(index, time, offset));
        }
        lastTime = time;
    }

    /** A batch that could not be read to its end is read again. */
    private void discardUnfinished() {
        int whole = lastIndex == 0 ? 0 : (int) (lastIndex - firstIndex + 1);
        if (offsets.size() > whole) {
            offsets.truncate(whole);
            points.removeIf(point -> point.offset() >= end);
        }
    }

    /** Adds the next entry of the batch, or {@link #LOST} for one that cannot be found. */
    public void addEntry(int offset) {
        offsets.add(offset);
    }

    /** Ends the batch and makes it visible. */
    public void endBatch(int batchEnd) {
        end = batchEnd;
        lastIndex = firstIndex + offsets.size() - 1;
    }

    @Override
    public long firstIndex() {
        return lastIndex == 0 ? 0 : firstIndex;
    }

    @Override
    public long lastIndex() {
        return lastIndex;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int offset(long index) {
        return offsets.get((int) (index - firstIndex));
    }

    @Override
    public int points() {
        return points.size();
    }

    @Override
    public BatchPoint point(int number) {
        return points.get(number);
    }

    @Override
    public long firstTime() {
        return firstTime;
    }

    @Override
    public long lastTime() {
        return lastTime;
    }

    /** How many entries there are. */
    public int count() {
        return offsets.size();
    }
}
