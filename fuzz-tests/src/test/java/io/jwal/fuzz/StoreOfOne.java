package io.jwal.fuzz;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that holds one segment, and one register or none, and can only be read. */
public final class StoreOfOne implements Store {
    private final SegmentId id;
    private final byte[] bytes;
    private final long claimed;
    private final @Nullable Register register;

    /** A store that says of its segment how much was synced, and has a register by every name if it has one. */
    public StoreOfOne(SegmentId id, byte[] bytes, long claimed, @Nullable Register register) {
        this.id = id;
        this.bytes = bytes;
        this.claimed = claimed;
        this.register = register;
    }

    @Override
    public SegmentReader openSegment(SegmentId wanted) throws SegmentNotFoundException {
        if (!wanted.equals(id)) {
            throw new SegmentNotFoundException(wanted, "there is only " + id);
        }
        return new HeapReader(bytes, claimed);
    }

    @Override
    public StoreTraits traits() {
        return StoreTraits.localDefaults();
    }

    @Override
    public Optional<Register> readRegister(String name) {
        return Optional.ofNullable(register);
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SegmentWriter createSegment(SegmentId wanted, long expectedBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void fenceSegment(SegmentId wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteSegment(SegmentId wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SegmentId> listSegments() {
        return List.of(id);
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Reads bytes in memory. */
    private record HeapReader(byte[] bytes, long claimedSize) implements SegmentReader {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            if (position >= bytes.length) {
                return -1;
            }
            int length = (int) Math.min(target.remaining(), bytes.length - position);
            target.put(bytes, (int) position, length);
            return length;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
