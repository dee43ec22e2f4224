package io.jwal.store.tck.broken;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Does what another store does; a mistake overrides one method. */
public class ForwardingStore implements Store {
    final Store sound;

    ForwardingStore(Store sound) {
        this.sound = sound;
    }

    /** A store that counts its open readers and writers. */
    public static Store counting(Store sound, AtomicLong handles) {
        return new ForwardingStore(sound) {
            @Override
            SegmentWriter wrap(SegmentId id, SegmentWriter writer) {
                handles.incrementAndGet();
                return new ForwardingWriter(writer) {
                    private boolean closed;

                    @Override
                    public void close() throws IOException {
                        handles.addAndGet(closed ? 0 : -1);
                        closed = true;
                        super.close();
                    }
                };
            }

            @Override
            SegmentReader wrap(SegmentId id, SegmentReader reader) {
                handles.incrementAndGet();
                return new ForwardingReader(reader) {
                    private boolean closed;

                    @Override
                    public void close() throws IOException {
                        handles.addAndGet(closed ? 0 : -1);
                        closed = true;
                        super.close();
                    }
                };
            }
        };
    }

    SegmentWriter wrap(SegmentId id, SegmentWriter writer) {
        return writer;
    }

    SegmentReader wrap(SegmentId id, SegmentReader reader) throws IOException {
        return reader;
    }

    @Override
    public StoreTraits traits() {
        return sound.traits();
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        return sound.claimWriter();
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        return sound.readRegister(name);
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        return sound.writeRegister(name, expected, content);
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        return wrap(id, sound.createSegment(id, expectedBytes));
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        sound.fenceSegment(id);
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        return wrap(id, sound.openSegment(id));
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        sound.deleteSegment(id);
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        return sound.listSegments();
    }

    @Override
    public Map<String, Long> counters() {
        return sound.counters();
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
