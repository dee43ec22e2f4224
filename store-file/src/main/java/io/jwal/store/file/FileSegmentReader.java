package io.jwal.store.file;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads a segment: what is mapped through memory, the tail that is not mapped yet through the file. */
final class FileSegmentReader implements SegmentReader {
    private static final int COPY_BYTES = 64 << 10;
    private static final int FIXED_HEAP_BYTES = 512;

    private final DiskFile file;
    private final Extent extent;
    private final SegmentMaps maps;
    private final String where;
    private final DiskTrouble trouble;
    private volatile long finalSize = -1;
    private volatile boolean closed;

    FileSegmentReader(
            DiskFile file, Extent extent, MappedMemory memory, SegmentId id, String where, DiskTrouble trouble)
            throws IOException {
        this.file = file;
        this.extent = extent;
        this.where = where;
        this.trouble = trouble;
        maps = new SegmentMaps(file, extent, memory, id);
        long size = size();
        if (maps.extend(size) || (size == 0 && extent.isFinal())) {
            // A complete segment needs no open file: its map outlives even its deletion.
            close(file, extent);
        }
    }

    @Override
    public long size() throws IOException {
        long known = finalSize;
        if (known >= 0) {
            return known;
        }
        boolean complete = extent.isFinal();
        long size = extent.size(file);
        if (complete) {
            finalSize = size;
        }
        return size;
    }

    @Override
    public long claimedSize() {
        return extent.claimed();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        check(position);
        if (!target.hasRemaining()) {
            return 0;
        }
        long size = size();
        if (position >= size) {
            return -1;
        }
        maps.extend(size);
        return copy(position, target, (int) Math.min(target.remaining(), size - position));
    }

    private int copy(long position, ByteBuffer target, int wanted) throws IOException {
        int done = 0;
        while (done < wanted) {
            ByteBuffer mapped = maps.view(position + done, wanted - done);
            done += mapped != null ? copyMapped(mapped, target) : readTail(position + done, target, wanted - done);
        }
        return done;
    }

    /** The page behind a map goes when somebody cuts the file short; the JVM says so with an error of its own. */
    private int copyMapped(ByteBuffer mapped, ByteBuffer target) throws IOException {
        int length = mapped.remaining();
        try {
            target.put(mapped);
        } catch (InternalError e) {
            throw new IOException(
                    where + " was cut short, or its disk failed, while it was read: check the disk, and that nothing"
                            + " else writes there",
                    e);
        }
        return length;
    }

    private int readTail(long position, ByteBuffer target, int length) throws IOException {
        int wanted = target.hasArray() ? length : Math.min(length, COPY_BYTES);
        byte[] bytes = target.hasArray() ? target.array() : new byte[wanted];
        int offset = target.hasArray() ? target.arrayOffset() + target.position() : 0;
        int read;
        try {
            read = file.read(position, bytes, offset, wanted);
        } catch (IOException e) {
            throw trouble.reading("read", where, e);
        }
        if (read < 0) {
            throw new EOFException(where + " ends before byte " + position + ", though it went on before: check that"
                    + " nothing else writes there");
        }
        if (target.hasArray()) {
            target.position(target.position() + read);
        } else {
            target.put(bytes, 0, read);
        }
        return read;
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        check(position);
        if (length < 0) {
            throw new IllegalArgumentException("a length is at least 0, but got " + length);
        }
        ByteBuffer mapped = maps.view(position, length);
        if (mapped == null || mapped.remaining() < length) {
            long size = size();
            if (position > size - length) {
                throw new EOFException(
                        where + " is " + size + " bytes long, wanted were " + length + " at " + position);
            }
            maps.extend(size);
            mapped = maps.view(position, length);
        }
        if (mapped == null || mapped.remaining() < length) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            copy(position, bytes, length);
            mapped = bytes.flip().asReadOnlyBuffer();
        }
        return mapped.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public @Nullable ByteBuffer mapped() {
        long size = finalSize;
        if (size < 0 || size > Integer.MAX_VALUE) {
            return null;
        }
        ByteBuffer whole = maps.view(0, (int) size);
        return whole == null || whole.remaining() < size ? null : whole.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void check(long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, but got " + position);
        }
        if (closed) {
            throw new IOException("the reader of " + where + " is closed");
        }
    }

    @Override
    public long heapBytes() {
        return FIXED_HEAP_BYTES + maps.heapBytes();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        maps.close();
        close(file, extent);
    }

    private static void close(DiskFile file, Extent extent) throws IOException {
        try (extent) {
            file.close();
        }
    }

    @Override
    public String toString() {
        return where;
    }
}
