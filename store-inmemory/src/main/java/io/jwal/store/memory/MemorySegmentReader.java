package io.jwal.store.memory;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads one segment, also after it was deleted: a reader keeps its bytes alive. */
final class MemorySegmentReader implements SegmentReader {
    private final MemoryStore store;
    private final HeldSegment segment;
    private volatile boolean closed;

    MemorySegmentReader(MemoryStore store, HeldSegment segment) {
        this.store = store;
        this.segment = segment;
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        return segment.size();
    }

    @Override
    public long claimedSize() {
        return segment.syncedSize();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        check(position);
        int count = segment.read(position, target);
        count(count);
        return count;
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        check(position);
        ByteBuffer bytes = segment.slice(position, length);
        count(length);
        return bytes;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check(long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, but got " + position);
        }
        checkOpen();
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new StoreException("the reader of " + segment + " is closed; open another");
        }
        store.checkOpen();
    }

    private void count(int bytes) {
        store.counts().reads.increment();
        store.counts().bytesRead.add(Math.max(0, bytes));
    }
}
