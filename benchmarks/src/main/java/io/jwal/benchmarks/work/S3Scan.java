package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.s3.Bytes;
import io.jwal.benchmarks.s3.Place;

/** W12: reads a log in a bucket whose segments are sealed; bytes of entries per second of the median pass. */
final class S3Scan implements Work {
    /** Both sides go through thousands of methods for each request; compiled they are three times as fast. */
    private static final int WARM_UP = 5;

    private static final int PASSES = 5;

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        try (Place place = Place.open()) {
            Bytes.of(PeerKind.JWAL, place).append("log/", spec.entries());
            Bytes bytes = Bytes.of(spec.peer(), place);
            for (int pass = 0; pass < WARM_UP; pass++) {
                bytes.scan("log/", spec.entries());
            }
            Latencies passes = new Latencies();
            for (int pass = 0; pass < PASSES; pass++) {
                long before = System.nanoTime();
                bytes.scan("log/", spec.entries());
                passes.record(System.nanoTime() - before);
            }
            return Measurement.of(S3Append.rate(spec.entries(), passes.percentile(50)));
        }
    }
}
