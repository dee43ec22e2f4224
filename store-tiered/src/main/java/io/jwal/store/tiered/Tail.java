package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ships what is synced of the segments that are still written. Belongs to the archiver's thread. */
final class Tail {
    /** More pieces of a segment are put together: each costs a request whenever it is read. */
    private static final int MAX_PIECES = 64;

    private final Tiers tiers;
    private final Uploads uploads;
    private final Map<SegmentId, Copy> held;
    private final Map<SegmentId, Long> withoutEntries = new HashMap<>();

    Tail(Tiers tiers, Uploads uploads, Map<SegmentId, Copy> held) {
        this.tiers = tiers;
        this.uploads = uploads;
        this.held = held;
    }

    /** Ships what is new. */
    void ship(LogManifest log) throws IOException {
        List<LogManifest.Segment> open = log.segments(LogManifest.State.OPEN);
        long[] synced = synced(open);
        withoutEntries.keySet().removeIf(id -> !isNamed(id, log));
        for (int i = 0; i < synced.length && synced[i] >= 0; i++) {
            ship(open.get(i), synced[i]);
        }
    }

    private static boolean isNamed(SegmentId id, LogManifest log) {
        return log.segments().stream().anyMatch(segment -> segment.id().equals(id));
    }

    /** From the last to the first: what is in a later segment was written when all before it was synced. */
    private long[] synced(List<LogManifest.Segment> open) {
        long[] synced = new long[open.size()];
        for (int i = synced.length - 1; i >= 0; i--) {
            TieredWriter writer = tiers.writers().get(open.get(i).id());
            synced[i] = writer == null ? -1 : writer.synced();
        }
        return synced;
    }

    private void ship(LogManifest.Segment open, long synced) throws IOException {
        @Nullable Copy before = held.get(open.id());
        long have = before == null ? 0 : before.bytes();
        if (synced <= have || synced == withoutEntries.getOrDefault(open.id(), 0L)) {
            return;
        }
        try (SegmentReader from = tiers.hot().openSegment(open.id())) {
            Optional<LogManifest.Segment> proven = tiers.context().verify(open, from, synced);
            if (proven.isEmpty()) {
                withoutEntries.put(open.id(), synced);
                return;
            }
            List<Copy.Piece> pieces = new ArrayList<>();
            if (before != null && before.pieces().size() < MAX_PIECES) {
                pieces.addAll(before.pieces());
            } else {
                have = 0;
            }
            pieces.add(uploads.copy(open, from, have, synced));
            held.put(open.id(), new Copy(proven.get(), pieces));
            tiers.counters().tailsShipped.increment();
        } catch (SegmentNotFoundException e) {
            tiers.context()
                    .logger()
                    .log(System.Logger.Level.DEBUG, "segment {0} was dropped before it was shipped", open.id());
        }
    }
}
