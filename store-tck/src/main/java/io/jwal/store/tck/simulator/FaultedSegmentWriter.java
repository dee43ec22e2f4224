package io.jwal.store.tck.simulator;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A writer whose calls go through the plan of its store. After a planned fault it is as dead as after any other. */
final class FaultedSegmentWriter implements SegmentWriter {
    private final FaultedStore store;
    private final SegmentId id;
    private final SegmentWriter sound;
    private volatile @Nullable IOException failure;

    FaultedSegmentWriter(FaultedStore store, SegmentId id, SegmentWriter sound) {
        this.store = store;
        this.id = id;
        this.sound = sound;
    }

    @Override
    public long position() {
        return sound.position();
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        int total = Arrays.stream(buffers).mapToInt(ByteBuffer::remaining).sum();
        run(
                StoreOperation.APPEND,
                total,
                () -> {
                    sound.append(buffers);
                    return total;
                },
                () -> {
                    sound.append(firstHalf(total, buffers));
                    return total;
                });
    }

    private static ByteBuffer[] firstHalf(int total, ByteBuffer... buffers) {
        ByteBuffer[] half = new ByteBuffer[buffers.length];
        int left = total / 2;
        for (int i = 0; i < buffers.length; i++) {
            half[i] = buffers[i].slice(buffers[i].position(), Math.min(left, buffers[i].remaining()));
            left -= half[i].remaining();
        }
        return half;
    }

    @Override
    public void sync() throws IOException {
        long covered = position();
        run(
                StoreOperation.SYNC,
                covered,
                () -> {
                    sound.sync();
                    return covered;
                },
                FaultPlan.NOTHING);
    }

    /** The caller waits at a gate: only it may use the writer. If its answer is lost, the sync may still be under way. */
    @Override
    public CompletableFuture<Long> syncAsync() {
        try {
            return run(StoreOperation.SYNC, position(), sound::syncAsync, FaultPlan.NOTHING);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void seal() throws IOException {
        long covered = position();
        run(
                StoreOperation.SEAL,
                covered,
                () -> {
                    sound.seal();
                    return covered;
                },
                FaultPlan.NOTHING);
    }

    private <T> T run(StoreOperation operation, long bytes, FaultPlan.Action<T> action, FaultPlan.Action<?> partial)
            throws IOException {
        IOException earlier = failure;
        if (earlier != null) {
            String message = "the writer of segment " + id + " has failed before; write to a new segment";
            throw earlier instanceof StoreFencedException
                    ? new StoreFencedException(message, earlier)
                    : new StoreException(message, earlier);
        }
        try {
            return store.run(new StoreCall(operation, id.toString(), bytes), action, partial);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (!store.isDead()) {
            sound.close();
        }
    }
}
