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
    private final Runnable ended;
    private volatile long synced;
    private volatile boolean named;
    private boolean batchesAreSynced;

    /**
     * A writer.
     *
     * @param ended runs when nothing more will be written
     */
    TieredWriter(SegmentWriter hot, SegmentId id, AppendGate gate, Runnable ended) {
        this.hot = hot;
        this.id = id;
        this.gate = gate;
        this.ended = ended;
    }

    /** How many bytes are known to be durable. */
    long synced() {
        return synced;
    }

    /** The log's manifest names it: what is appended from now on are batches, or the index that ends it. */
    void named() {
        named = true;
    }

    @Override
    public long position() {
        return hot.position();
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        if (named && !batchesAreSynced) { // else it is a header, a copy, or the index, which nobody waits with
            gate.pass(id);
        }
        gate.checkNotFenced();
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
        if (named) {
            batchesAreSynced = true;
            gate.pass(id);
        }
        gate.checkNotFenced();
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
        ended.run();
    }

    @Override
    public void close() throws IOException {
        ended.run();
        hot.close();
    }
}
