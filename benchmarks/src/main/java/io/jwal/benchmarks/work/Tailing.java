package io.jwal.benchmarks.work;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.JWalLog;
import io.jwal.benchmarks.peer.Peer;
import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.core.JWal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * W11: one thread appends durable entries a millisecond apart, another waits for them. Microseconds (p50) from the append's
 * return to the other's having the entry in hand; of the raw file the same with a condition, which is what waking a thread
 * costs here.
 */
final class Tailing implements Work {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        return spec.peer() == PeerKind.RAW ? raw(spec) : jwal(spec);
    }

    private static Measurement jwal(TrialSpec spec) throws Exception {
        try (Wal log = JWal.open(JWalLog.config(spec.log(), true).build());
                Cursor cursor = log.cursor(log.lastIndex() + 1)) {
            return run(spec, log::append, () -> {
                if (!cursor.next(PATIENCE)) {
                    throw new IllegalStateException("no entry within " + PATIENCE);
                }
                return Entries.stamp(cursor.entry());
            });
        }
    }

    private static Measurement raw(TrialSpec spec) throws Exception {
        try (Peer log = spec.peer().open(spec.log(), spec.options(true))) {
            HandOff handOff = new HandOff();
            return run(
                    spec,
                    entry -> {
                        log.append(entry);
                        handOff.put(Entries.stamp(entry));
                    },
                    handOff::take);
        }
    }

    private static Measurement run(TrialSpec spec, Append append, Follow follow) throws Exception {
        int warmUps = (int) spec.warmUpMillis();
        int all = warmUps + (int) (2 * spec.measuredMillis());
        long[] seen = new long[all + 1];
        CompletableFuture<Void> follower = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        for (int i = 1; i <= all; i++) {
                            seen[(int) follow.next()] = System.nanoTime();
                        }
                        follower.complete(null);
                    } catch (Exception e) {
                        follower.completeExceptionally(e);
                    }
                },
                "follower");
        thread.start();

        byte[] entry = Entries.template(spec.size());
        long[] called = new long[all + 1];
        long[] returned = new long[all + 1];
        for (int i = 1; i <= all; i++) {
            pause();
            Entries.stamp(entry, i);
            called[i] = System.nanoTime();
            append.append(entry);
            returned[i] = System.nanoTime();
        }
        follower.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        Latencies afterReturn = new Latencies();
        Latencies afterCall = new Latencies();
        for (int i = warmUps + 1; i <= all; i++) {
            afterReturn.record(seen[i] - returned[i]);
            afterCall.record(seen[i] - called[i]);
        }
        return new Measurement(
                afterReturn.percentile(50) / 1e3,
                afterReturn.pairs(),
                Map.of("afterCallMicros", afterCall.percentile(50) / 1e3));
    }

    /** Busy, for a sleep is as coarse as what is measured. */
    private static void pause() {
        long end = System.nanoTime() + PAUSE_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Appends an entry. */
    @FunctionalInterface
    private interface Append {
        void append(byte[] entry) throws Exception;
    }

    /** Waits for the next entry, and returns its stamp. */
    @FunctionalInterface
    private interface Follow {
        long next() throws Exception;
    }

    /** One value from one thread to another. */
    private static final class HandOff {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long put;
        private long taken;

        void put(long value) {
            lock.lock();
            try {
                put = value;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        long take() throws InterruptedException {
            lock.lock();
            try {
                while (put == taken) {
                    changed.await();
                }
                return ++taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
