package io.jwal.benchmarks.result;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.work.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * How one trial ended.
 *
 * @param caseId the case
 * @param peer the peer
 * @param medium the medium's name
 * @param jdk the JDK's version
 * @param round the round, from 1
 * @param measurement what was measured; null if the trial failed
 * @param failure why it failed; null if it did not
 */
public record Outcome(
        String caseId,
        PeerKind peer,
        String medium,
        String jdk,
        int round,
        @Nullable Measurement measurement,
        @Nullable String failure) {}
