package io.jwal;

import java.time.Duration;
import java.util.Map;

/**
 * What a log is and has done since it was opened. A snapshot; counters only grow while the log is open.
 *
 * @param firstIndex the first index
 * @param lastIndex the last readable index
 * @param durableIndex the last index known to be durable
 * @param epoch the epoch of the writer (of a follower: of the manifest it last read)
 * @param segments what lies on the store
 * @param appends what this instance appended
 * @param cache the cache of open segment readers
 * @param store what the store counts of itself: requests by kind, bytes, backlog
 */
public record WalStats(
        long firstIndex,
        long lastIndex,
        long durableIndex,
        long epoch,
        Segments segments,
        Appends appends,
        Cache cache,
        Map<String, Long> store) {

    /** Takes a copy of the store's counters. */
    public WalStats {
        store = Map.copyOf(store);
    }

    /**
     * How many entries can be read.
     *
     * @return the number, at least 0
     */
    public long entries() {
        return lastIndex - firstIndex + 1;
    }

    /**
     * What lies on the store.
     *
     * @param sealed how many segments are sealed
     * @param open how many are open: hot, ahead or being sealed
     * @param quarantined how many salvage has set aside
     * @param bytes bytes of all segments of the log, headers and indexes included; of open ones, what was appended
     */
    public record Segments(int sealed, int open, int quarantined, long bytes) {}

    /**
     * What this instance appended. All zero for a follower.
     *
     * @param entries entries accepted
     * @param bytes bytes of their content
     * @param commits batches handed to the store
     * @param syncs syncs of the hot segment
     * @param syncTime the time spent in those syncs, all together
     * @param longestSync the longest of them
     */
    public record Appends(
            long entries, long bytes, long commits, long syncs, Duration syncTime, Duration longestSync) {}

    /**
     * The cache of readers of sealed segments.
     *
     * @param readers how many are open
     * @param bytes their weight: the heap they hold on to
     * @param hits how often one was found; of reads of a segment that lies in memory one in 64 looks
     * @param misses how often one had to be opened
     * @param evictions how often one was let go to make room
     */
    public record Cache(long readers, long bytes, long hits, long misses, long evictions) {}
}
