package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import java.util.concurrent.ConcurrentMap;

/**
 * The two stores and what is known of them, for those who work on both.
 *
 * @param hot where the log is written
 * @param pieces what is in the archive
 * @param register what the archive says that it has
 * @param config the options
 * @param context what the engine lends
 * @param counters what is counted
 * @param writers the segments that this process is writing, by id
 */
record Tiers(
        Store hot,
        Pieces pieces,
        ArchiveRegister register,
        TieredStoreConfig config,
        StoreContext context,
        TieredCounters counters,
        ConcurrentMap<SegmentId, TieredWriter> writers) {

    /** Where it is archived. */
    Store archive() {
        return pieces.archive();
    }

    /** How many bytes of sealed segments the archive lacks, as far as it is known: of a run that never saw it, its own. */
    long backlog(LogManifest log) {
        boolean unknown = register.seen() == null;
        return log.segments(LogManifest.State.SEALED).stream()
                .filter(segment -> unknown ? segment.id().epoch() == log.epoch() : !isArchived(segment))
                .mapToLong(LogManifest.Segment::bytes)
                .sum();
    }

    /** Whether the archive's manifest names a copy of a sealed segment. */
    boolean isArchived(LogManifest.Segment sealed) {
        Copy copy = register.seenCopy(sealed.id());
        return copy != null && copy.isOf(sealed) && copy.isWhole();
    }
}
