package io.jwal.benchmarks.work;

import java.util.List;
import java.util.Map;

/**
 * What one trial has found.
 *
 * @param value the figure that peers are compared by, in the unit of the case
 * @param latencies how long single calls took: pairs of nanoseconds and how many took about so long; empty if not measured
 * @param figures further figures, by name
 */
public record Measurement(double value, List<long[]> latencies, Map<String, Double> figures) {

    /** Only a figure. */
    public static Measurement of(double value) {
        return new Measurement(value, List.of(), Map.of());
    }

    /** A figure and further ones. */
    public static Measurement of(double value, Map<String, Double> figures) {
        return new Measurement(value, List.of(), figures);
    }

    /** Operations per second. */
    public static Measurement rate(long operations, long nanos, Latencies latencies) {
        return new Measurement(operations * 1e9 / nanos, latencies.pairs(), Map.of());
    }
}
