package io.jwal.core.log;

import io.jwal.WalStats;
import io.jwal.core.commit.Accepted;
import io.jwal.core.commit.GroupCommit;
import io.jwal.core.read.LogView;
import io.jwal.core.read.SegmentCache;
import io.jwal.store.LogManifest;
import io.jwal.store.Store;
import java.time.Duration;

/** Puts the statistics of a log together. */
final class Statistics {
    static final WalStats.Appends NO_APPENDS = new WalStats.Appends(0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

    private Statistics() {}

    static WalStats of(
            LogView view, long last, long durable, Store store, SegmentCache cache, WalStats.Appends appends) {
        LogManifest manifest = view.manifest();
        WalStats.Segments segments = new WalStats.Segments(
                view.sealed().size(),
                manifest.segments(LogManifest.State.OPEN).size(),
                manifest.segments(LogManifest.State.QUARANTINED).size(),
                view.bytes());
        return new WalStats(
                view.firstIndex(), last, durable, manifest.epoch(), segments, appends, cache.stats(), store.counters());
    }

    static WalStats.Appends appends(GroupCommit commits, CommitCounts counts) {
        Accepted accepted = commits.accepted();
        return new WalStats.Appends(
                accepted.entries(),
                accepted.bytes(),
                counts.commits(),
                counts.syncs(),
                Duration.ofNanos(counts.syncNanos()),
                Duration.ofNanos(counts.longestNanos()));
    }
}
