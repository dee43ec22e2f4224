package io.jwal.core.log;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A store that knows what was opened on it and not closed yet. */
final class CountedStore implements Store {
    private final Store store;
    private final Set<Object> open = ConcurrentHashMap.newKeySet();

    CountedStore(Store store) {
        this.store = store;
    }

    /** Readers, writers and claims that nobody has closed. */
    Set<Object> open() {
        return open;
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        WriterClaim claim = store.claimWriter();
        open.add(claim);
        return () -> {
            open.remove(claim);
            claim.close();
        };
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        return store.readRegister(name);
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        return store.writeRegister(name, expected, content);
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        SegmentWriter writer = store.createSegment(id, expectedBytes);
        String name = "writer of " + id;
        open.add(name);
        return new SegmentWriter() {
            @Override
            public long position() {
                return writer.position();
            }

            @Override
            public void append(ByteBuffer... buffers) throws IOException {
                writer.append(buffers);
            }

            @Override
            public void sync() throws IOException {
                writer.sync();
            }

            @Override
            public void seal() throws IOException {
                writer.seal();
            }

            @Override
            public void close() throws IOException {
                open.remove(name);
                writer.close();
            }
        };
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        store.fenceSegment(id);
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        SegmentReader reader = store.openSegment(id);
        open.add(reader);
        return new SegmentReader() {
            @Override
            public long size() throws IOException {
                return reader.size();
            }

            @Override
            public long claimedSize() {
                return reader.claimedSize();
            }

            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                return reader.read(position, target);
            }

            @Override
            public void close() throws IOException {
                open.remove(reader);
                reader.close();
            }

            @Override
            public String toString() {
                return "reader of " + id;
            }
        };
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        store.deleteSegment(id);
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        return store.listSegments();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
