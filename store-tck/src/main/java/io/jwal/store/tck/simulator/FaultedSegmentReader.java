package io.jwal.store.tck.simulator;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A reader whose calls go through the plan of its store. */
final class FaultedSegmentReader implements SegmentReader {
    private final FaultedStore store;
    private final SegmentId id;
    private final SegmentReader sound;

    FaultedSegmentReader(FaultedStore store, SegmentId id, SegmentReader sound) {
        this.store = store;
        this.id = id;
        this.sound = sound;
    }

    @Override
    public long size() throws IOException {
        return run(StoreOperation.SIZE, 0, sound::size, FaultPlan.NOTHING);
    }

    @Override
    public long claimedSize() {
        return sound.claimedSize();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return run(StoreOperation.READ, target.remaining(), () -> sound.read(position, target), () -> {
            ByteBuffer half = target.slice(target.position(), target.remaining() / 2);
            int read = sound.read(position, half);
            target.position(target.position() + half.position());
            return read;
        });
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        return run(StoreOperation.READ, length, () -> sound.slice(position, length), FaultPlan.NOTHING);
    }

    @Override
    public long heapBytes() {
        return sound.heapBytes();
    }

    private <T> T run(StoreOperation operation, long bytes, FaultPlan.Action<T> action, FaultPlan.Action<?> partial)
            throws IOException {
        return store.run(new StoreCall(operation, id.toString(), bytes), action, partial);
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
