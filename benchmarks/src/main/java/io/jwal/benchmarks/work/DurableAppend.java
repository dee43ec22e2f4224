package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** W1 and W2: threads append entries, each waiting until its own is durable. Entries per second. */
final class DurableAppend implements Work {
    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        try (Peer log = spec.peer().open(spec.log(), spec.options(true))) {
            run(log, spec, spec.warmUpMillis());
            return run(log, spec, spec.measuredMillis());
        }
    }

    private static Measurement run(Peer log, TrialSpec spec, long millis) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(spec.threads());
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Latencies>> running = new ArrayList<>();
            for (int i = 0; i < spec.threads(); i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return append(log, spec.size(), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
                }));
            }
            long began = System.nanoTime();
            start.countDown();
            Latencies all = new Latencies();
            for (Future<Latencies> each : running) {
                all.add(each.get());
            }
            return Measurement.rate(all.count(), System.nanoTime() - began, all);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Latencies append(Peer log, int size, long end) throws Exception {
        byte[] entry = Entries.template(size);
        Latencies latencies = new Latencies();
        long stamp = 0;
        long before = System.nanoTime();
        while (before < end) {
            Entries.stamp(entry, ++stamp);
            log.append(entry);
            long after = System.nanoTime();
            latencies.record(after - before);
            before = after;
        }
        return latencies;
    }
}
