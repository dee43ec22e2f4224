package io.jwal.store.tck.simulator;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes one segment of the model; refuses to be used by two threads at once. */
final class CrashSegmentWriter implements SegmentWriter {
    private final CrashStore store;
    private final SegmentId id;
    private final CrashSegment segment;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private volatile int position;
    private volatile @Nullable IOException failure;
    private volatile boolean closed;

    CrashSegmentWriter(CrashStore store, SegmentId id, CrashSegment segment) {
        this.store = store;
        this.id = id;
        this.segment = segment;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        int total = Arrays.stream(buffers).mapToInt(ByteBuffer::remaining).sum();
        alone(StoreOperation.APPEND, total, () -> append(total, buffers), () -> append(total / 2, buffers));
    }

    private int append(int bytes, ByteBuffer... buffers) {
        int left = bytes;
        for (ByteBuffer buffer : buffers) {
            int length = Math.min(left, buffer.remaining());
            if (length > 0) {
                segment.append(buffer, length);
            }
            left -= length;
        }
        position = segment.size;
        return bytes;
    }

    @Override
    public void sync() throws IOException {
        int covered = position;
        alone(StoreOperation.SYNC, covered, () -> sync(covered), () -> hardenHalf(covered));
    }

    @Override
    public CompletableFuture<Long> syncAsync() {
        int covered = position;
        CompletableFuture<Long> future = new CompletableFuture<>();
        try {
            store.later(() -> {
                try {
                    write(StoreOperation.SYNC, covered, () -> sync(covered), () -> hardenHalf(covered));
                    future.complete((long) covered);
                } catch (IOException | RuntimeException e) {
                    future.completeExceptionally(e);
                }
            });
        } catch (IOException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    @Override
    public void seal() throws IOException {
        alone(
                StoreOperation.SEAL,
                position,
                () -> {
                    segment.sealed = true;
                    return sync(position);
                },
                () -> sync(position));
    }

    private int sync(int end) {
        segment.sync(end);
        return end;
    }

    private int hardenHalf(int covered) {
        int middle = segment.synced + (covered - segment.synced) / 2;
        segment.harden(middle);
        return middle;
    }

    private void alone(StoreOperation operation, int bytes, FaultPlan.Action<?> action, FaultPlan.Action<?> partial)
            throws IOException {
        Thread other = inside.compareAndExchange(null, Thread.currentThread());
        if (other != null) {
            throw new IllegalStateException("the writer of segment " + id + " is in use by " + other
                    + "; a writer belongs to one thread at a time");
        }
        try {
            write(operation, bytes, action, partial);
        } finally {
            inside.set(null);
        }
    }

    private void write(StoreOperation operation, int bytes, FaultPlan.Action<?> action, FaultPlan.Action<?> partial)
            throws IOException {
        IOException earlier = failure;
        if (earlier != null) {
            throw repeated(earlier);
        }
        try {
            store.run(new StoreCall(operation, id.toString(), bytes), () -> checked(action), () -> checked(partial));
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private <T> T checked(FaultPlan.Action<T> action) throws IOException {
        if (closed) {
            throw new StoreException("the writer of segment " + id + " is closed; write to a new segment");
        }
        store.state().checkWritable(id, segment);
        return action.run();
    }

    private IOException repeated(IOException earlier) {
        String message = "the writer of segment " + id + " has failed before; write to a new segment";
        return earlier instanceof StoreFencedException
                ? new StoreFencedException(message, earlier)
                : new StoreException(message, earlier);
    }

    @Override
    public void close() {
        closed = true;
    }
}
