package io.jwal.store.s3.objects;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads buffers one after the other. */
final class PiecesStream extends InputStream {
    private final List<ByteBuffer> pieces;
    private int at;
    private int markedAt;
    private List<ByteBuffer> marked;

    PiecesStream(List<ByteBuffer> pieces) {
        this.pieces = new ArrayList<>(pieces);
        this.marked = copyOf(pieces);
    }

    private static List<ByteBuffer> copyOf(List<ByteBuffer> pieces) {
        return pieces.stream().map(ByteBuffer::duplicate).toList();
    }

    private boolean hasMore() {
        while (at < pieces.size() && !pieces.get(at).hasRemaining()) {
            at++;
        }
        return at < pieces.size();
    }

    @Override
    public int read() {
        return hasMore() ? pieces.get(at).get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int read = Math.min(length, pieces.get(at).remaining());
        pieces.get(at).get(target, offset, read);
        return read;
    }

    @Override
    public int available() {
        return hasMore() ? pieces.get(at).remaining() : 0;
    }

    /** Some clients go back to the start when they try again. */
    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int readLimit) {
        markedAt = at;
        marked = copyOf(pieces);
    }

    @Override
    public void reset() {
        at = markedAt;
        for (int i = 0; i < pieces.size(); i++) {
            pieces.set(i, marked.get(i).duplicate());
        }
    }
}
