package io.jwal.store.s3.objects;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of an object to be written, in pieces that are not copied. They do not change until it is written; they can
 * be read as often as an attempt is repeated.
 */
public final class ObjectBody {
    private final List<ByteBuffer> pieces;
    private final long length;

    /**
     * The bytes of buffers, each from position to limit, in order.
     *
     * @param pieces not consumed, and not changed by anybody from now on
     */
    public ObjectBody(List<ByteBuffer> pieces) {
        List<ByteBuffer> views = new ArrayList<>(pieces.size());
        long sum = 0;
        for (ByteBuffer piece : pieces) {
            views.add(piece.asReadOnlyBuffer());
            sum += piece.remaining();
        }
        this.pieces = List.copyOf(views);
        this.length = sum;
    }

    /**
     * The bytes of one buffer.
     *
     * @param bytes from position to limit
     * @return the body
     */
    public static ObjectBody of(ByteBuffer bytes) {
        return new ObjectBody(List.of(bytes));
    }

    /**
     * How long it is.
     *
     * @return a number of bytes
     */
    public long length() {
        return length;
    }

    /**
     * The bytes, to be read by one reader.
     *
     * @return fresh views of the pieces
     */
    public List<ByteBuffer> pieces() {
        return pieces.stream().map(ByteBuffer::duplicate).toList();
    }

    /**
     * The bytes from the start.
     *
     * @return a new stream, which need not be closed
     */
    public InputStream stream() {
        return new PiecesStream(pieces());
    }

    /**
     * The checksum of all bytes.
     *
     * @return a CRC32C
     */
    public int crc32c() {
        CRC32C crc = new CRC32C();
        pieces().forEach(crc::update);
        return (int) crc.getValue();
    }
}
