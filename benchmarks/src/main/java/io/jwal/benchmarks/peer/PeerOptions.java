package io.jwal.benchmarks.peer;

import java.time.Duration;

/**
 * What a peer is opened for.
 *
 * @param durable whether an append returns only when its entry would survive a power cut
 * @param threads how many threads append
 * @param syncTime what a sync of the disk costs, as measured before the run
 * @param preallocatedBytes how much a peer that can be told so may reserve before the clock starts
 */
public record PeerOptions(boolean durable, int threads, Duration syncTime, long preallocatedBytes) {
    /** For one thread. */
    public static PeerOptions of(boolean durable, Duration syncTime) {
        return new PeerOptions(durable, 1, syncTime, 64L << 20);
    }

    /** The same for that many threads. */
    public PeerOptions threads(int count) {
        return new PeerOptions(durable, count, syncTime, preallocatedBytes);
    }
}
