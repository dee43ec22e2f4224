package io.jwal.store.s3.read;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a sealed segment. */
final class SealedReader implements SegmentReader {
    private final StoredBytes bytes;
    private final StoredRuns pieces;
    private volatile boolean closed;

    SealedReader(StoredBytes bytes, BlockCache cache) {
        this.bytes = bytes;
        this.pieces = new StoredRuns(cache);
        pieces.add(bytes);
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        return bytes.length();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        checkOpen();
        return pieces.fill(position, bytes.length(), target);
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        checkOpen();
        return pieces.slice(position, length, bytes.length());
    }

    private void checkOpen() throws StoreException {
        if (closed) {
            throw new StoreException("the reader of segment " + bytes.segment() + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
