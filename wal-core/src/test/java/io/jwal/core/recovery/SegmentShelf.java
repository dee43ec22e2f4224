package io.jwal.core.recovery;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Segments to be read, in pieces of at most 1,000 bytes. Counts readers, and fails when it is told to. */
final class SegmentShelf implements Store {
    private static final int LARGEST_READ = 1_000;

    /**
     * A segment.
     *
     * @param claimed how much was synced
     * @param failsAt from which position on reading fails, or -1
     * @param failure with what
     */
    private record Held(
            byte[] bytes,
            long claimed,
            long failsAt,
            @Nullable Throwable failure) {}

    private final Map<SegmentId, Held> segments = new HashMap<>();
    int openReaders;
    int opened;

    SegmentShelf with(BuiltSegment segment, long claimed) {
        segments.put(segment.id, new Held(segment.bytes(), claimed, -1, null));
        return this;
    }

    SegmentShelf with(BuiltSegment segment) {
        return with(segment, 0);
    }

    /** One that cannot be read from a position on, or not even be opened if that is negative. */
    SegmentShelf failing(BuiltSegment segment, long at, Throwable failure) {
        segments.put(segment.id, new Held(segment.bytes(), 0, at, failure));
        return this;
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        Held held = segments.get(id);
        if (held == null) {
            throw new SegmentNotFoundException(id, "it is not on the shelf");
        }
        if (held.failure != null && held.failsAt < 0) {
            rethrow(held.failure);
        }
        openReaders++;
        opened++;
        return new Reader(held);
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (IOException) failure;
    }

    private final class Reader implements SegmentReader {
        private final Held held;

        private Reader(Held held) {
            this.held = held;
        }

        @Override
        public long size() {
            return held.bytes.length;
        }

        @Override
        public long claimedSize() {
            return held.claimed;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (held.failure != null && position >= held.failsAt) {
                rethrow(held.failure);
            }
            long end = held.failure == null ? held.bytes.length : Math.min(held.bytes.length, held.failsAt);
            int length = (int) Math.min(Math.min(LARGEST_READ, target.remaining()), end - position);
            if (length <= 0) {
                return -1;
            }
            target.put(held.bytes, (int) position, length);
            return length;
        }

        @Override
        public void close() throws IOException {
            openReaders--;
            if (held.failure != null) {
                throw new IOException("does not even close");
            }
        }
    }

    @Override
    public StoreTraits traits() {
        return StoreTraits.localDefaults();
    }

    @Override
    public Optional<Register> readRegister(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void fenceSegment(SegmentId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteSegment(SegmentId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SegmentId> listSegments() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // nothing
    }
}
