package io.jwal.core.log;

/**
 * What was committed so far.
 *
 * @param commits batches handed to the store
 * @param syncs syncs of hot segments
 * @param syncNanos the time spent in them
 * @param longestNanos the longest of them
 */
record CommitCounts(long commits, long syncs, long syncNanos, long longestNanos) {
    static final CommitCounts NONE = new CommitCounts(0, 0, 0, 0);

    CommitCounts withCommit(boolean sync, long nanos) {
        CommitCounts counted = new CommitCounts(commits + 1, syncs, syncNanos, longestNanos);
        return sync ? counted.withSync(nanos) : counted;
    }

    CommitCounts withSync(long nanos) {
        return new CommitCounts(commits, syncs + 1, syncNanos + nanos, Math.max(longestNanos, nanos));
    }
}
