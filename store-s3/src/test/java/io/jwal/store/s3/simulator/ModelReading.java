package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Reads the entries that a manifest names, without a gap. */
final class ModelReading {
    private final Store store;
    private final LogManifest manifest;
    private final Map<Long, Mark> entries = new TreeMap<>();
    private long next;

    ModelReading(Store store, LogManifest manifest) {
        this.store = store;
        this.manifest = manifest;
        this.next = manifest.firstIndex();
    }

    Map<Long, Mark> entries() throws IOException {
        for (LogManifest.Segment named : manifest.segments()) {
            try (SegmentReader reader = store.openSegment(named.id())) {
                read(named, reader);
            }
        }
        return entries;
    }

    private void read(LogManifest.Segment named, SegmentReader reader) throws IOException {
        if (!ModelSegment.isHeaderOf(named, reader)) {
            throw new StoreCorruptException("segment " + named.id() + " has another header, or none");
        }
        long size = reader.size();
        long position = ModelSegment.HEADER_BYTES;
        while (true) {
            ModelSegment.Lying entry = ModelSegment.read(named.salt(), reader, position, size);
            boolean sealed = named.is(LogManifest.State.SEALED);
            if (entry == null || (sealed && entry.index() > named.lastIndex())) {
                break;
            }
            if (entry.index() >= manifest.firstIndex() && entry.index() != next) {
                throw new StoreCorruptException(
                        "segment " + named.id() + " has entry " + entry.index() + " where " + next + " should be");
            }
            if (entry.index() == next) {
                entries.put(next++, entry.mark());
            }
            position += ModelSegment.ENTRY_BYTES;
        }
        if (named.is(LogManifest.State.SEALED) && next != named.lastIndex() + 1) {
            throw new StoreCorruptException(
                    "segment " + named.id() + " ends before entry " + next + ", not behind " + named.lastIndex());
        }
    }
}
