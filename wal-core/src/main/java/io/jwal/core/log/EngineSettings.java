package io.jwal.core.log;

import io.jwal.core.commit.CommitSettings;
import io.jwal.store.MetricsSink;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration with everything decided that the store had a say in.
 *
 * @param segmentSize when a segment is rolled, in bytes
 * @param segmentMaxAge when it is rolled even if small, or null
 * @param maxSyncs after how many syncs it is rolled
 * @param commit how appends are committed
 * @param cacheBytes how much readers of sealed segments may weigh
 * @param retention what is removed by itself
 * @param salvage whether damage found on opening is cut off, and not refused
 * @param expectLastIndex the log is damaged if it ends before
 * @param pollInterval how long a waiting follower waits before it looks again
 * @param remote whether each request crosses a network
 * @param clock the time
 * @param metrics where commits are reported; never throws
 */
public record EngineSettings(
        long segmentSize,
        @Nullable Duration segmentMaxAge,
        int maxSyncs,
        CommitSettings commit,
        long cacheBytes,
        Retention retention,
        boolean salvage,
        long expectLastIndex,
        Duration pollInterval,
        boolean remote,
        Clock clock,
        MetricsSink metrics) {

    /** How long a follower trusts what it saw last, when it is asked for something newer. */
    Duration lookInterval() {
        return remote ? pollInterval : Duration.ZERO;
    }

    /**
     * What is removed by itself.
     *
     * @param maxAge how old an entry may become, or null
     * @param maxBytes how large the log may become, or {@link Long#MAX_VALUE}
     * @param waitForConsumers whether what a consumer has not committed stays
     */
    public record Retention(@Nullable Duration maxAge, long maxBytes, boolean waitForConsumers) {
        /** Whether anything is ever removed. */
        boolean isActive() {
            return maxAge != null || maxBytes < Long.MAX_VALUE;
        }
    }
}
