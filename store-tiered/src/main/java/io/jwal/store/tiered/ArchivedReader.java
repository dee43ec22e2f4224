package io.jwal.store.tiered;

import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads a segment of the log from its pieces in the archive. All of it was synced once, so all of it is claimed. */
final class ArchivedReader implements SegmentReader {
    private final Pieces archive;
    private final List<SegmentReader> readers;
    private final long[] starts;
    private final long size;

    private ArchivedReader(Pieces archive, List<SegmentReader> readers, long[] starts, long size) {
        this.archive = archive;
        this.readers = readers;
        this.starts = starts;
        this.size = size;
    }

    /**
     * Opens all pieces of a copy.
     *
     * @throws io.jwal.store.SegmentNotFoundException if one of them is missing
     * @throws io.jwal.store.StoreUnreadableException if a key or a library is not there, or the archive is away
     */
    static ArchivedReader open(Pieces archive, Copy copy) throws IOException {
        List<SegmentReader> readers = new ArrayList<>();
        long[] starts = new long[copy.pieces().size()];
        long size = 0;
        try {
            for (Copy.Piece piece : copy.pieces()) {
                starts[readers.size()] = size;
                readers.add(archive.open(copy, readers.size()));
                size += piece.bytes();
            }
            return new ArchivedReader(archive, readers, starts, size);
        } catch (IOException e) {
            closeAll(readers, e);
            throw archive.trouble(e);
        } catch (RuntimeException e) {
            closeAll(readers, e);
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long claimedSize() {
        return size;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, but got " + position);
        }
        if (position >= size) {
            return -1;
        }
        int count = 0;
        while (target.hasRemaining() && position + count < size) {
            int read = readPiece(position + count, target);
            if (read <= 0) {
                return count == 0 ? read : count; // the archive ends before its manifest says
            }
            count += read;
        }
        return count;
    }

    private int readPiece(long position, ByteBuffer target) throws IOException {
        int piece = pieceAt(position);
        int limit = target.limit();
        long left = end(piece) - position;
        if (target.remaining() > left) {
            target.limit(target.position() + (int) left);
        }
        try {
            return readers.get(piece).read(position - starts[piece], target);
        } catch (IOException e) {
            throw archive.trouble(e);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        if (position >= 0 && position < size) {
            int piece = pieceAt(position);
            if (length <= end(piece) - position) {
                try {
                    return readers.get(piece).slice(position - starts[piece], length);
                } catch (IOException e) {
                    throw archive.trouble(e);
                }
            }
        }
        return SegmentReader.super.slice(position, length);
    }

    private int pieceAt(long position) {
        int piece = starts.length - 1;
        while (starts[piece] > position) {
            piece--;
        }
        return piece;
    }

    private long end(int piece) {
        return piece + 1 < starts.length ? starts[piece + 1] : size;
    }

    @Override
    public long heapBytes() {
        return readers.stream().mapToLong(SegmentReader::heapBytes).sum();
    }

    @Override
    public void close() throws IOException {
        IOException failure = new IOException("pieces of a segment did not close");
        closeAll(readers, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void closeAll(List<SegmentReader> readers, Exception failure) {
        for (SegmentReader reader : readers) {
            try {
                reader.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
