package io.jwal.core.config;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers what it was opened with, and does nothing else. */
public record ShelfStore(ShelfProvider.ShelfConfig config, StoreContext context) implements Store {
    @Override
    public StoreTraits traits() {
        return StoreTraits.localDefaults();
    }

    @Override
    public Optional<Register> readRegister(String name) {
        return Optional.empty();
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        throw readOnly();
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        throw readOnly();
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        throw readOnly();
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        throw readOnly();
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        throw readOnly();
    }

    @Override
    public List<SegmentId> listSegments() {
        return List.of();
    }

    @Override
    public void close() {}

    private static IOException readOnly() {
        return new IOException("a shelf keeps nothing");
    }
}
