package io.jwal.store;

import java.time.Duration;
import java.util.Objects;

/**
 * What a store says of itself, so that the engine picks fitting defaults. Start from {@link #localDefaults()} or
 * {@link #remoteDefaults()} and change what differs.
 *
 * @param remote whether each request crosses a network
 * @param segmentSize the segment size to use when the configuration names none, in bytes
 * @param commitDelay how long a commit waits for company when the configuration does not say; zero for never
 * @param syncsInFlight how many {@link SegmentWriter#syncAsync} may be outstanding at once, at least 1
 * @param maxSyncs after how many syncs a segment is rolled, at least 1
 * @param pollInterval how long a follower in another process waits before it looks again
 */
public record StoreTraits(
        boolean remote,
        ByteSize segmentSize,
        Duration commitDelay,
        int syncsInFlight,
        int maxSyncs,
        Duration pollInterval) {

    /** Checks the ranges. */
    public StoreTraits {
        Objects.requireNonNull(segmentSize, "segmentSize");
        Objects.requireNonNull(commitDelay, "commitDelay");
        Objects.requireNonNull(pollInterval, "pollInterval");
        if (syncsInFlight < 1 || maxSyncs < 1) {
            throw new IllegalArgumentException(
                    "syncsInFlight and maxSyncs are at least 1, but got " + syncsInFlight + " and " + maxSyncs);
        }
        if (commitDelay.isNegative() || pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("commitDelay is at least zero and pollInterval above it, but got "
                    + commitDelay + " and " + pollInterval);
        }
    }

    /**
     * A store on this machine: 64 MiB segments, no commit delay, one sync at a time, looked at every 2 ms.
     *
     * @return the traits
     */
    public static StoreTraits localDefaults() {
        return new StoreTraits(
                false, ByteSize.ofMebibytes(64), Duration.ZERO, 1, Integer.MAX_VALUE, Duration.ofMillis(2));
    }

    /**
     * A store across a network: 64 MiB segments, commits gathered for 250 ms, four syncs in flight, 1,000 syncs a
     * segment, looked at every second.
     *
     * @return the traits
     */
    public static StoreTraits remoteDefaults() {
        return new StoreTraits(true, ByteSize.ofMebibytes(64), Duration.ofMillis(250), 4, 1_000, Duration.ofSeconds(1));
    }

    /**
     * The same with another segment size.
     *
     * @param size the segment size to use when the configuration names none
     * @return the changed traits
     */
    public StoreTraits withSegmentSize(ByteSize size) {
        return new StoreTraits(remote, size, commitDelay, syncsInFlight, maxSyncs, pollInterval);
    }

    /**
     * The same with another commit delay.
     *
     * @param delay how long a commit waits for company when the configuration does not say
     * @return the changed traits
     */
    public StoreTraits withCommitDelay(Duration delay) {
        return new StoreTraits(remote, segmentSize, delay, syncsInFlight, maxSyncs, pollInterval);
    }

    /**
     * The same with other bounds on syncs.
     *
     * @param inFlight how many syncs may be outstanding at once
     * @param perSegment after how many syncs a segment is rolled
     * @return the changed traits
     */
    public StoreTraits withSyncs(int inFlight, int perSegment) {
        return new StoreTraits(remote, segmentSize, commitDelay, inFlight, perSegment, pollInterval);
    }

    /**
     * The same with another poll interval.
     *
     * @param interval how long a follower waits before it looks again
     * @return the changed traits
     */
    public StoreTraits withPollInterval(Duration interval) {
        return new StoreTraits(remote, segmentSize, commitDelay, syncsInFlight, maxSyncs, interval);
    }
}
