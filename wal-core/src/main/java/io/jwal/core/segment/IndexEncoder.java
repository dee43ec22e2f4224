package io.jwal.core.segment;

import io.jwal.core.format.BatchPoint;
import io.jwal.core.format.Layout;
import io.jwal.core.format.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Turns an index into the bytes that end a sealed segment, piece by piece, so that memory stays small. */
public final class IndexEncoder {
    private static final int PIECE = 64 << 10;

    private final ByteBuffer piece;
    private final CRC32C crc = new CRC32C();
    private final Sink sink;

    /** Takes the pieces in order. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next bytes, from position to limit; they are reused afterwards. */
        void accept(ByteBuffer bytes) throws IOException;
    }

    private IndexEncoder(Sink sink, long bytes) {
        this.sink = sink;
        this.piece = ByteBuffer.allocate((int) Math.min(PIECE, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Hands index and trailer to a sink. The index holds at least one entry. */
    public static void encode(GrowingIndex index, long salt, Sink sink) throws IOException {
        new IndexEncoder(sink, encodedBytes(index)).run(index, salt);
    }

    /** How many bytes {@link #encode} produces. */
    public static long encodedBytes(GrowingIndex index) {
        return Layout.align((long) index.count() * Integer.BYTES)
                + (long) index.points() * BatchPoint.BYTES
                + Trailer.BYTES;
    }

    private void run(GrowingIndex index, long salt) throws IOException {
        long first = index.firstIndex();
        for (int i = 0; i < index.count(); i++) {
            room(Integer.BYTES).putInt(index.offset(first + i));
        }
        if (index.count() % 2 != 0) {
            room(Integer.BYTES).putInt(0); // padding to a multiple of 8
        }
        for (int i = 0; i < index.points(); i++) {
            BatchPoint point = index.point(i);
            room(BatchPoint.BYTES)
                    .putLong(point.firstIndex())
                    .putLong(point.time())
                    .putInt(point.offset())
                    .putInt(0);
        }
        flush();
        Trailer trailer = new Trailer(
                index.count(), first, index.firstTime(), index.lastTime(), index.end(), index.points(), (int)
                        crc.getValue());
        sink.accept(trailer.encode(salt));
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (piece.remaining() < bytes) {
            flush();
        }
        return piece;
    }

    private void flush() throws IOException {
        piece.flip();
        crc.update(piece.duplicate());
        if (piece.hasRemaining()) {
            sink.accept(piece);
        }
        piece.clear();
    }
}
