package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The recovery rule. What it cannot take for a tear it throws as damage. */
final class ModelScan {
    private static final long UNSET = -1;

    private final LogManifest manifest;
    private final Map<Long, Mark> entries = new TreeMap<>();
    private final long behind;
    private long last;
    private long claimed;

    private record Measured(LogManifest.Segment named, SegmentReader reader, long claimed, long size) {}

    private ModelScan(LogManifest manifest) {
        List<LogManifest.Segment> sealed = manifest.segments(LogManifest.State.SEALED);
        this.manifest = manifest;
        this.last = sealed.isEmpty() ? UNSET : sealed.get(sealed.size() - 1).lastIndex();
        this.behind = sealed.isEmpty() ? manifest.firstIndex() - 1 : last;
        this.claimed = manifest.durableIndex();
    }

    /** Looks through the segments that the manifest calls open. */
    static ModelScan of(Store store, LogManifest manifest) throws IOException {
        ModelScan scan = new ModelScan(manifest);
        List<Measured> measured = new ArrayList<>();
        List<LogManifest.Segment> open = manifest.segments(LogManifest.State.OPEN);
        for (int i = open.size() - 1; i >= 0; i--) {
            measured.add(0, measure(store, open.get(i)));
        }
        for (Measured segment : measured) {
            scan.segment(segment);
        }
        if (scan.claimed > scan.lastIndex()) {
            throw new StoreCorruptException("entries up to " + scan.claimed + " were durable, but only those up to "
                    + scan.lastIndex() + " are there");
        }
        return scan;
    }

    private static Measured measure(Store store, LogManifest.Segment named) throws IOException {
        SegmentReader reader = store.openSegment(named.id());
        long claimed = reader.claimedSize();
        long size = reader.size();
        if (!ModelSegment.isHeaderOf(named, reader)) {
            throw new StoreCorruptException("segment " + named.id() + " has another header, or none");
        }
        return new Measured(named, reader, claimed, size);
    }

    private void segment(Measured segment) throws IOException {
        long position = ModelSegment.HEADER_BYTES;
        while (true) {
            ModelSegment.Lying entry = ModelSegment.read(segment.named.salt(), segment.reader, position, segment.size);
            if (entry == null || (last != UNSET && entry.index() != last + 1)) {
                break;
            }
            position += ModelSegment.ENTRY_BYTES;
            last = entry.index();
            claimed = Math.max(claimed, entry.durable());
            if (position <= segment.claimed) {
                claimed = Math.max(claimed, last);
            }
            entries.put(last, entry.mark());
        }
        if (position < segment.claimed) {
            throw new StoreCorruptException("segment " + segment.named.id() + " is damaged at " + position
                    + ", though it was stored up to " + segment.claimed);
        }
        if (last == UNSET) {
            last = manifest.firstIndex() - 1;
        }
    }

    /** The index that the open segments begin behind. */
    long behind() {
        return behind;
    }

    /** What was found in them, by index. */
    Map<Long, Mark> entries() {
        return entries;
    }

    long lastIndex() {
        return Math.max(last, manifest.firstIndex() - 1);
    }
}
