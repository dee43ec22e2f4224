package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.Version;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A reader on another machine: told the state by the manifest, reads on in what is open, never writes. */
final class ModelFollower {
    private static final int MOST_ATTEMPTS = 4;

    private final Store store;
    private final History history;
    private final Map<LogManifest.Segment, Place> open = new HashMap<>();
    private long next = 1;

    private static final class Place {
        private final SegmentReader reader;
        private long position = ModelSegment.HEADER_BYTES;

        Place(SegmentReader reader) {
            this.reader = reader;
        }
    }

    ModelFollower(Store store, History history) {
        this.store = store;
        this.history = history;
    }

    /** Looks once: every entry that is new. */
    void look() throws IOException {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            Optional<Register> found = store.readRegister(LogManifest.REGISTER);
            if (found.isEmpty()) {
                return; // no log yet
            }
            try {
                follow(LogManifest.decode(found.get().content()));
                return;
            } catch (IOException e) {
                if (version().equals(found.map(Register::version))) {
                    throw e; // nothing has changed: that is how it is
                }
            }
        }
    }

    private Optional<Version> version() throws IOException {
        return store.readRegister(LogManifest.REGISTER).map(Register::version);
    }

    private void follow(LogManifest manifest) throws IOException {
        next = Math.max(next, manifest.firstIndex());
        for (LogManifest.Segment named : manifest.segments()) {
            if (named.is(LogManifest.State.OPEN)) {
                readOn(named);
            } else if (named.lastIndex() >= next) {
                readSealed(named);
            }
        }
    }

    private Place placeIn(LogManifest.Segment named) throws IOException {
        Place known = open.get(named);
        if (known != null) {
            return known;
        }
        SegmentReader reader = store.openSegment(named.id());
        if (!ModelSegment.isHeaderOf(named, reader)) {
            throw new StoreCorruptException("segment " + named.id() + " has another header, or none");
        }
        Place place = new Place(reader);
        open.put(named, place);
        return place;
    }

    private void readOn(LogManifest.Segment named) throws IOException {
        Place place = placeIn(named);
        long size = place.reader.size();
        read(named, place, size);
        if (place.position < Math.min(size, place.reader.claimedSize())) {
            ModelSegment.Lying entry = ModelSegment.read(named.salt(), place.reader, place.position, size);
            if (entry == null) {
                throw new StoreCorruptException("segment " + named.id() + " is damaged at " + place.position);
            }
        }
    }

    private void readSealed(LogManifest.Segment named) throws IOException {
        try (SegmentReader reader = store.openSegment(named.id())) {
            if (!ModelSegment.isHeaderOf(named, reader)) {
                throw new StoreCorruptException("segment " + named.id() + " has another header, or none");
            }
            read(named, new Place(reader), reader.size());
        }
        if (next != named.lastIndex() + 1) {
            throw new StoreCorruptException("segment " + named.id() + " ends before entry " + next);
        }
    }

    private void read(LogManifest.Segment named, Place place, long size) throws IOException {
        while (true) {
            ModelSegment.Lying entry = ModelSegment.read(named.salt(), place.reader, place.position, size);
            if (entry == null || entry.index() > next) {
                return;
            }
            place.position += ModelSegment.ENTRY_BYTES;
            history.seen(entry.index(), entry.mark());
            next = Math.max(next, entry.index() + 1);
        }
    }
}
