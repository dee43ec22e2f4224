package io.jwal.store.tck.simulator;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads one segment of the model. Once the segment is deleted it answers that it is gone, as the contract allows. */
final class CrashSegmentReader implements SegmentReader {
    private final CrashStore store;
    private final SegmentId id;
    private final CrashSegment segment;
    private volatile boolean closed;

    CrashSegmentReader(CrashStore store, SegmentId id, CrashSegment segment) {
        this.store = store;
        this.id = id;
        this.segment = segment;
    }

    @Override
    public long size() throws IOException {
        return run(StoreOperation.SIZE, 0, () -> store.visible(segment), FaultPlan.NOTHING);
    }

    @Override
    public long claimedSize() {
        return segment.claimed;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, but got " + position);
        }
        int wanted = target.remaining();
        return run(
                StoreOperation.READ,
                wanted,
                () -> read(position, store.visible(segment), target),
                () -> read(position, (int) Math.min(position + wanted / 2, store.visible(segment)), target));
    }

    private int read(long position, int end, ByteBuffer target) {
        return position >= end ? -1 : segment.read((int) position, end, target);
    }

    private <T> T run(StoreOperation operation, long bytes, FaultPlan.Action<T> action, FaultPlan.Action<?> partial)
            throws IOException {
        return store.run(new StoreCall(operation, id.toString(), bytes), () -> checked(action), () -> checked(partial));
    }

    private <T> T checked(FaultPlan.Action<T> action) throws IOException {
        if (closed) {
            throw new StoreException("the reader of segment " + id + " is closed; open another");
        }
        if (store.state().find(id) != segment) {
            throw new StoreException("segment " + id + " is another one now; open another reader");
        }
        return action.run();
    }

    @Override
    public void close() {
        closed = true;
    }
}
