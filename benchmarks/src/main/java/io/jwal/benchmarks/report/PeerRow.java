package io.jwal.benchmarks.report;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.work.Latencies;
import io.jwal.benchmarks.work.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all rounds of one peer in one case say.
 *
 * @param peer the peer
 * @param values the figure of each round, by round
 * @param latencies of all rounds together
 * @param figures the median of each further figure
 * @param failure why a round failed; null if none did
 */
record PeerRow(
        PeerKind peer,
        Map<Integer, Double> values,
        Latencies latencies,
        Map<String, Double> figures,
        @Nullable String failure) {
    static PeerRow of(PeerKind peer, List<Outcome> outcomes) {
        Map<Integer, Double> values = new TreeMap<>();
        Latencies latencies = new Latencies();
        String failure = null;
        for (Outcome outcome : outcomes) {
            Measurement found = outcome.measurement();
            if (found == null) {
                failure = outcome.failure();
            } else {
                values.put(outcome.round(), found.value());
                latencies.add(Latencies.of(found.latencies()));
            }
        }
        return new PeerRow(peer, values, latencies, figures(outcomes), failure);
    }

    private static Map<String, Double> figures(List<Outcome> outcomes) {
        Map<String, List<Double>> all = outcomes.stream()
                .map(Outcome::measurement)
                .filter(Objects::nonNull)
                .flatMap(found -> found.figures().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        Map<String, Double> medians = new TreeMap<>();
        all.forEach((name, values) -> medians.put(name, Median.of(values)));
        return medians;
    }

    boolean isMeasured() {
        return !values.isEmpty();
    }

    double median() {
        return Median.of(List.copyOf(values.values()));
    }

    /** Half the distance of the best round from the worst, as a share of the median. */
    double spread() {
        double least =
                values.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double most =
                values.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return (most - least) / 2 / median();
    }
}
