package io.jwal.benchmarks.run;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Scale;
import java.util.List;
import java.util.Set;

/**
 * What a run is to measure.
 *
 * @param cases the cases, in order
 * @param peers the peers; JWal and the raw loop are always among them
 * @param jdks the JDKs
 * @param scale how much
 * @param rounds how often each peer has its turn
 */
record Plan(List<Case> cases, Set<PeerKind> peers, List<Jdk> jdks, Scale scale, int rounds) {
    /** The loop device repeats what the disk's syncs decide, with those that are close to the limit. */
    private static final Set<PeerKind> ON_LOOP =
            Set.of(PeerKind.RAW, PeerKind.RAW_PREALLOCATED, PeerKind.JWAL, PeerKind.ARTEMIS, PeerKind.CHRONICLE);

    /** Who takes part in a case. */
    List<PeerKind> peers(Case work) {
        return work.peers().stream()
                .filter(peers::contains)
                .filter(peer ->
                        peer == PeerKind.JWAL || scale.affords(work.load().entries()))
                .toList();
    }

    /** The cases that are measured on a loop device, too. */
    List<Case> onLoop() {
        return cases.stream().filter(Case::syncs).toList();
    }

    /** Who takes part in a case there. */
    List<PeerKind> peersOnLoop(Case work) {
        return peers(work).stream().filter(ON_LOOP::contains).toList();
    }
}
