package io.jwal.store.s3.read;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment that was not sealed when it was opened. Once it is, its parts go; the sealed segment has the same bytes
 * at the same places, so the reader goes on there.
 */
final class OpenReader implements SegmentReader {
    private final SegmentId id;
    private final OpenBytes bytes;
    private final Successor successor;
    private volatile @Nullable SegmentReader sealed;
    private volatile boolean looked = true;
    private volatile boolean closed;

    /** Opens the sealed segment, if there is one. */
    @FunctionalInterface
    interface Successor {
        Optional<SegmentReader> open(SegmentId id) throws IOException;
    }

    /** Of bytes that were just looked for. */
    OpenReader(SegmentId id, OpenBytes bytes, Successor successor) {
        this.id = id;
        this.bytes = bytes;
        this.successor = successor;
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        SegmentReader now = sealed;
        if (now != null) {
            return now.size();
        }
        if (looked) {
            looked = false; // whoever opens a segment asks for its size next
        } else {
            bytes.look();
        }
        return bytes.end();
    }

    @Override
    public long claimedSize() {
        return bytes.claimed();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int start = target.position(); // again, should the parts go when some of it is filled
        return ask(
                reader -> reader.read(position, target.position(start)),
                () -> bytes.fill(position, bytes.end(), target));
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        return ask(reader -> reader.slice(position, length), () -> bytes.slice(position, length, bytes.end()));
    }

    private <T> T ask(Asked<T> ofSealed, Known<T> ofOpen) throws IOException {
        checkOpen();
        SegmentReader now = sealed;
        if (now == null) {
            try {
                return ofOpen.run();
            } catch (SegmentNotFoundException gone) {
                now = successor.open(id).orElseThrow(() -> gone);
                sealed = now;
            }
        }
        return ofSealed.run(now);
    }

    private interface Asked<T> {
        T run(SegmentReader reader) throws IOException;
    }

    private interface Known<T> {
        T run() throws IOException;
    }

    private void checkOpen() throws StoreException {
        if (closed) {
            throw new StoreException("the reader of segment " + id + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
