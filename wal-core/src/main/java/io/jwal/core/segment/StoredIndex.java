package io.jwal.core.segment;

import io.jwal.core.format.BatchPoint;
import io.jwal.core.format.Checks;
import io.jwal.core.format.Trailer;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The index at the end of a sealed segment, read where it lies. */
final class StoredIndex implements SegmentIndex {
    private final Trailer trailer;
    private final ByteBuffer index;
    private final int pointsAt;

    private StoredIndex(Trailer trailer, ByteBuffer index) {
        this.trailer = trailer;
        this.index = index;
        this.pointsAt = (int) (trailer.pointsOffset() - trailer.indexOffset());
    }

    /** Reads and verifies the trailer; null if it does not verify. */
    static @Nullable Trailer trailer(SegmentReader reader, long salt, long segmentBytes) throws IOException {
        if (segmentBytes <= Trailer.BYTES || segmentBytes > Integer.MAX_VALUE) {
            return null;
        }
        ByteBuffer end = slice(reader, segmentBytes - Trailer.BYTES, Trailer.BYTES);
        return end == null ? null : Trailer.decode(end, salt, segmentBytes);
    }

    /** Reads and verifies the index that a trailer tells of; null if it does not verify. */
    static @Nullable StoredIndex read(SegmentReader reader, Trailer trailer) throws IOException {
        int length = (int) (trailer.offset() - trailer.indexOffset());
        ByteBuffer index = slice(reader, trailer.indexOffset(), length);
        return index != null && Checks.crc(index) == trailer.indexCrc() ? new StoredIndex(trailer, index) : null;
    }

    /** Null if the store itself knows that it is damaged, as one that keeps blocks with checksums does. */
    private static @Nullable ByteBuffer slice(SegmentReader reader, long position, int length) throws IOException {
        try {
            return reader.slice(position, length).order(ByteOrder.LITTLE_ENDIAN);
        } catch (StoreCorruptException e) {
            return null;
        }
    }

    /** What tells where it lies. */
    Trailer trailer() {
        return trailer;
    }

    /** The heap that it holds on to. */
    long heapBytes() {
        return index.isDirect() ? 0 : index.capacity();
    }

    @Override
    public long firstIndex() {
        return trailer.firstIndex();
    }

    @Override
    public long lastIndex() {
        return trailer.lastIndex();
    }

    @Override
    public int end() {
        return trailer.indexOffset();
    }

    @Override
    public int offset(long entry) {
        return index.getInt((int) (entry - trailer.firstIndex()) * Integer.BYTES);
    }

    @Override
    public int points() {
        return trailer.points();
    }

    @Override
    public BatchPoint point(int number) {
        int at = pointsAt + number * BatchPoint.BYTES;
        return new BatchPoint(index.getLong(at), index.getLong(at + 8), index.getInt(at + 16));
    }

    @Override
    public long firstTime() {
        return trailer.firstTime();
    }

    @Override
    public long lastTime() {
        return trailer.lastTime();
    }
}
