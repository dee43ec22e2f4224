package io.jwal.benchmarks.work;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** How long calls took: an HdrHistogram with two digits. For one thread; {@link #add} joins what threads have. */
public final class Latencies {
    private static final int DIGITS = 2;
    private static final int KEPT_BITS = 6;

    private final Histogram histogram = new Histogram(DIGITS);

    /** Of pairs that {@link #pairs} gave. */
    public static Latencies of(List<long[]> pairs) {
        Latencies latencies = new Latencies();
        for (long[] pair : pairs) {
            latencies.histogram.recordValueWithCount(pair[0], pair[1]);
        }
        return latencies;
    }

    /** One call. */
    public void record(long nanos) {
        histogram.recordValue(Math.max(0, nanos));
    }

    /** All of another's. */
    public void add(Latencies other) {
        histogram.add(other.histogram);
    }

    /** How many calls. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** The nanoseconds within which that share of the calls ended. */
    public double percentile(double percent) {
        return histogram.getValueAtPercentile(percent);
    }

    /** Values that occur, rounded down to their first six bits so that files stay small, and how often each does. */
    public List<long[]> pairs() {
        List<long[]> pairs = new ArrayList<>();
        for (HistogramIterationValue each : histogram.recordedValues()) {
            long value = each.getValueIteratedTo();
            int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - KEPT_BITS);
            long rounded = value >> shift << shift;
            int last = pairs.size() - 1;
            if (last >= 0 && pairs.get(last)[0] == rounded) {
                pairs.get(last)[1] += each.getCountAtValueIteratedTo();
            } else {
                pairs.add(new long[] {rounded, each.getCountAtValueIteratedTo()});
            }
        }
        return pairs;
    }
}
