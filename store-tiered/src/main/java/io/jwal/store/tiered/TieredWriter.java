package io.jwal.store.tiered;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Writes to the hot store, and remembers how far it is synced, so that the tail can be shipped. */
final class TieredWriter implements SegmentWriter {
    private final SegmentWriter hot;
    private final SegmentId id;
    private final AppendGate gate;
    private volatile long synced;
    private volatile boolean sealed;

    TieredWriter(SegmentWriter hot, SegmentId id, AppendGate gate) {
        this.hot = hot;
        this.id = id;
        this.gate = gate;
    }

    SegmentId id() {
        return id;
    }

    /** How many bytes are known to be durable. */
    long synced() {
        return synced;
    }

    boolean isSealed() {
        return sealed;
    }

    @Override
    public long position() {
        return hot.position();
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        gate.pass();
        hot.append(buffers);
    }

    @Override
    public void sync() throws IOException {
        gate.checkNotFenced();
        long position = hot.position();
        hot.sync();
        synced = position;
    }

    @Override
    public void appendAndSync(ByteBuffer... buffers) throws IOException {
        gate.pass();
        hot.appendAndSync(buffers);
        synced = hot.position();
    }

    @Override
    public CompletableFuture<Long> syncAsync() {
        return hot.syncAsync().thenApply(position -> {
            synced = position;
            return position;
        });
    }

    @Override
    public void seal() throws IOException {
        hot.seal();
        sealed = true;
    }

    @Override
    public void close() throws IOException {
        hot.close();
    }
}
