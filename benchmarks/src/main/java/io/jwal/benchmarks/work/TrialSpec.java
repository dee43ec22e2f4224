package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.peer.PeerOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What one process is to do.
 *
 * @param caseId the case's id
 * @param peer the peer
 * @param log where the log lies that is measured; what a preparation left is there
 * @param directory an empty directory for whatever else the process writes
 * @param warmUpMillis how long to warm up
 * @param measuredMillis how long to measure
 * @param entries how many entries, for a case that counts them
 * @param size the size of an entry
 * @param threads how many threads append
 * @param syncNanos what a sync of the disk costs
 */
public record TrialSpec(
        String caseId,
        PeerKind peer,
        Path log,
        Path directory,
        long warmUpMillis,
        long measuredMillis,
        int entries,
        int size,
        int threads,
        long syncNanos) {
    /** Where a log may lie that only warms up. */
    public Path scratch() {
        return directory.resolve("scratch");
    }

    /** How the peer is opened. */
    public PeerOptions options(boolean durable) {
        return PeerOptions.of(durable, Duration.ofNanos(syncNanos)).threads(threads);
    }
}
