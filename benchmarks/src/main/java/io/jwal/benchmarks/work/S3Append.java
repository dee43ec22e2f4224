package io.jwal.benchmarks.work;

import io.jwal.benchmarks.s3.Bytes;
import io.jwal.benchmarks.s3.Place;

/** W12: stores entries in a bucket, sealed and closed at the end; bytes of entries per second. */
final class S3Append implements Work {
    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        try (Place place = Place.open()) {
            Bytes bytes = Bytes.of(spec.peer(), place);
            bytes.append("warm/", spec.entries());
            long before = System.nanoTime();
            bytes.append("log/", spec.entries());
            return Measurement.of(rate(spec.entries(), (double) (System.nanoTime() - before)));
        }
    }

    /** Megabytes per second. */
    static double rate(int entries, double nanos) {
        return (double) entries * Bytes.ENTRY / 1e6 / (nanos / 1e9);
    }
}
