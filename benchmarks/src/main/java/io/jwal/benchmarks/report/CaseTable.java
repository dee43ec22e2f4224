package io.jwal.benchmarks.report;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Goal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One case on one medium and JDK: all its peers.
 *
 * @param work the case
 * @param medium the medium's name
 * @param jdk the JDK's version
 * @param rows a row for each peer, in the case's order
 */
record CaseTable(Case work, String medium, String jdk, List<PeerRow> rows) {
    static CaseTable of(Case work, String medium, String jdk, List<Outcome> outcomes) {
        List<PeerRow> rows = work.peers().stream()
                .map(peer -> PeerRow.of(
                        peer,
                        outcomes.stream().filter(each -> each.peer() == peer).toList()))
                .filter(row -> row.isMeasured() || row.failure() != null)
                .toList();
        return new CaseTable(work, medium, jdk, rows);
    }

    /** What files about the case are called, without an ending. */
    String fileName() {
        return work.id().replace('/', '-').toLowerCase(Locale.ROOT);
    }

    Optional<PeerRow> row(PeerKind peer) {
        return rows.stream()
                .filter(row -> row.peer() == peer && row.isMeasured())
                .findFirst();
    }

    /** How many times as good as the other a peer was: the median over the rounds that both were measured in. */
    double ratio(PeerKind peer, PeerKind other) {
        Optional<PeerRow> one = row(peer);
        Optional<PeerRow> two = row(other);
        if (one.isEmpty() || two.isEmpty()) {
            return Double.NaN;
        }
        List<Double> ratios = one.get().values().entrySet().stream()
                .map(round -> {
                    Double there = two.get().values().get(round.getKey());
                    return there == null ? null : work.unit().ratio(round.getValue(), there);
                })
                .filter(Objects::nonNull)
                .toList();
        return Median.of(ratios);
    }

    /** The figure that the goal is about: a ratio, or JWal's own. */
    double reached() {
        PeerKind against = work.goal().against();
        return against == null
                ? row(PeerKind.JWAL).map(PeerRow::median).orElse(Double.NaN)
                : ratio(PeerKind.JWAL, against);
    }

    /** The peers that were better than JWal, raw loops aside. */
    List<PeerKind> ahead() {
        return rows.stream()
                .filter(PeerRow::isMeasured)
                .map(PeerRow::peer)
                .filter(peer -> peer != PeerKind.JWAL && !peer.isBareLoop())
                .filter(peer -> ratio(peer, PeerKind.JWAL) > 1)
                .toList();
    }

    Verdict verdict() {
        Goal goal = work.goal();
        double reached = reached();
        if (Double.isNaN(reached)) {
            return Verdict.UNKNOWN;
        }
        if (!meets(goal.atLeast()) || (goal.first() && !ahead().isEmpty())) {
            return Verdict.BEHIND;
        }
        return meets(goal.aim()) ? Verdict.AIM : Verdict.AT_LEAST;
    }

    private boolean meets(double figure) {
        return work.goal().against() == null ? reached() <= figure : reached() >= figure;
    }

    /** How a goal and a figure compare. */
    enum Verdict {
        BEHIND("behind"),
        AT_LEAST("at least"),
        AIM("aim"),
        UNKNOWN("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
