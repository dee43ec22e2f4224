package io.jwal.store.memory;

import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Writes one segment. Counts as failed from the start of each call until the call has succeeded (rule 3). */
final class MemorySegmentWriter implements SegmentWriter {
    private enum State {
        OPEN,
        FAILED,
        SEALED,
        CLOSED
    }

    private final MemoryStore store;
    private final HeldSegment segment;
    private long position;
    private volatile State state = State.OPEN;

    MemorySegmentWriter(MemoryStore store, HeldSegment segment) {
        this.store = store;
        this.segment = segment;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        begin();
        segment.append(buffers);
        long appended = segment.size() - position;
        position += appended;
        store.counts().appends.increment();
        store.counts().bytesWritten.add(appended);
        state = State.OPEN;
    }

    @Override
    public void sync() throws IOException {
        begin();
        segment.sync();
        store.counts().syncs.increment();
        state = State.OPEN;
    }

    @Override
    public void seal() throws IOException {
        begin();
        segment.seal();
        store.counts().segmentsSealed.increment();
        state = State.SEALED;
    }

    private void begin() throws IOException {
        if (state == State.FAILED) {
            segment.checkWritable(); // a fence is named again and again
        }
        if (state != State.OPEN) {
            throw new StoreException("the writer of " + segment + " is "
                    + state.name().toLowerCase(Locale.ROOT) + "; write to a new segment");
        }
        store.checkOpen();
        state = State.FAILED;
    }

    @Override
    public void close() {
        state = State.CLOSED;
    }
}
