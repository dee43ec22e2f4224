package io.jwal.store.s3.write;

import io.jwal.store.s3.read.BlockCache;
import io.jwal.store.s3.read.OpenBytes;
import io.jwal.store.s3.read.StoredBytes;
import io.jwal.store.s3.read.StoredRuns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a writer has appended, for readers of its process: from memory as long as the writer keeps it there, then from
 * the parts. Written by one thread, read by many.
 */
final class WrittenBytes implements OpenBytes {
    private final NavigableMap<Long, ByteBuffer> kept = new ConcurrentSkipListMap<>();
    private final StoredRuns stored;
    private volatile long end;

    WrittenBytes(BlockCache cache) {
        stored = new StoredRuns(cache);
    }

    void add(ByteBuffer piece) {
        long start = end;
        kept.put(start, piece);
        end = start + piece.remaining();
    }

    void stored(StoredBytes part) {
        stored.add(part);
    }

    /** Forgets pieces before a position; all of them lie in stored parts. */
    void forgetBefore(long position) {
        kept.headMap(position).clear();
    }

    @Override
    public void look() {
        // All that was appended is known.
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public long claimed() {
        return 0; // a writer knows what it wrote; damage is looked for by others
    }

    @Override
    public ByteBuffer from(long position) throws IOException {
        Map.Entry<Long, ByteBuffer> piece = kept.floorEntry(position);
        if (piece != null) {
            ByteBuffer bytes = piece.getValue();
            long within = position - piece.getKey();
            if (within < bytes.limit()) {
                return bytes.slice((int) within, bytes.limit() - (int) within);
            }
        }
        return stored.from(position);
    }
}
