package io.jwal.store.tiered;

import io.jwal.WalException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads the hot copy, and from the moment that it cannot be read the archive's. The caller cannot tell. */
final class TieredReader implements SegmentReader {
    private final Tiers tiers;
    private final SegmentId id;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile SegmentReader reader;
    private volatile boolean archived;
    private boolean closed;

    TieredReader(Tiers tiers, SegmentId id, SegmentReader hot) {
        this.tiers = tiers;
        this.id = id;
        this.reader = hot;
    }

    private interface Read<T> {
        T from(SegmentReader reader) throws IOException;
    }

    private <T> T read(Read<T> read) throws IOException {
        boolean fromArchive = archived; // before the reader, which changes after it
        try {
            return read.from(reader);
        } catch (IOException e) {
            SegmentReader other = fromArchive ? null : other(e);
            if (other == null) {
                throw e;
            }
            return read.from(other);
        }
    }

    /** The archive's copy, if there is one of the whole segment; opened once. */
    private @Nullable SegmentReader other(IOException why) throws IOException {
        lock.lock();
        try {
            if (closed || archived) {
                return closed ? null : reader;
            }
            SegmentReader hot = reader;
            SegmentReader copy = openCopy(why);
            if (copy != null) {
                reader = copy;
                archived = true;
                try (hot) {
                    tiers.counters().archiveReads.increment();
                }
            }
            return copy;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SegmentReader openCopy(IOException why) {
        try {
            SegmentReader copy = tiers.register().openWhole(id);
            if (!(why instanceof SegmentNotFoundException)) {
                tiers.counters().fallbacks.increment();
                tiers.context()
                        .logger()
                        .log(
                                System.Logger.Level.WARNING,
                                "segment " + id + " cannot be read from the hot store; the archive's copy is read",
                                why);
            }
            return copy;
        } catch (IOException | WalException e) { // a newer version wrote it, or the archive's register is damaged
            why.addSuppressed(e);
            return null;
        }
    }

    @Override
    public long size() throws IOException {
        return read(SegmentReader::size);
    }

    @Override
    public long claimedSize() {
        return reader.claimedSize();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int from = target.position();
        return read(source -> source.read(position, target.position(from)));
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        return read(source -> source.slice(position, length));
    }

    /** Nothing of a hot copy that may be removed: the engine keeps what is mapped for as long as the segment is named. */
    @Override
    public @Nullable ByteBuffer mapped() {
        return tiers.config().keepHot() == null ? reader.mapped() : null;
    }

    @Override
    public long heapBytes() {
        return reader.heapBytes();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            reader.close();
        } finally {
            lock.unlock();
        }
    }
}
