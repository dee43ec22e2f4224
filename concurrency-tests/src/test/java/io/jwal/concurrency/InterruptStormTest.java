package io.jwal.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalInterruptedException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Threads call everything that a log has, on files, while they are interrupted without end. No interrupt closes or
 * poisons anything, and none tears an entry. {@code -Djwal.storm.millis} for longer.
 */
class InterruptStormTest {
    private static final int MILLIS = Integer.getInteger("jwal.storm.millis", 1_200);
    private static final int MOST_ENTRIES = 2_000;

    private final LongAdder calls = new LongAdder();
    private final LongAdder refused = new LongAdder();

    @TempDir
    Path directory;

    static Stream<Arguments> storms() {
        return Stream.of(ThreadKind.values())
                .flatMap(kind -> Stream.of(Durability.SYNC, Durability.NONE).map(mode -> Arguments.of(kind, mode)));
    }

    private WalConfig config(Durability durability) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .durability(durability)
                .segmentSize(ByteSize.ofKibibytes(16))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(8))
                .commitMaxBytes(ByteSize.ofKibibytes(4))
                .cacheBytes(ByteSize.ofKibibytes(16))
                .build();
    }

    @ParameterizedTest
    @MethodSource("storms")
    void noInterruptClosesOrPoisonsAnything(ThreadKind kind, Durability durability) throws Exception {
        ThreadFactory threads = kind.factory();
        AtomicBoolean done = new AtomicBoolean();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        long last;
        try (Wal wal = JWal.open(config(durability))) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < kind.count; i++) {
                int mine = i;
                callers.add(threads.newThread(() -> {
                    try {
                        callEverything(wal, mine, done);
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            callers.forEach(Thread::start);
            Random random = new Random(1);
            long end = System.nanoTime() + Duration.ofMillis(MILLIS).toNanos();
            while (System.nanoTime() < end) {
                callers.get(random.nextInt(callers.size())).interrupt();
                Thread.yield();
            }
            done.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(failures).isEmpty();
            wal.sync();
            last = wal.append(Payload.of(-1, -1));
            assertSound(wal);
            wal.sync();
        }
        try (Wal wal = JWal.open(config(durability))) {
            assertThat(wal.lastIndex()).isEqualTo(last);
            assertSound(wal);
        }
        System.out.printf(
                "%s, %s: %d calls, %d refused because of an interrupt%n", kind, durability, calls.sum(), refused.sum());
        assertThat(calls.sum()).isPositive();
    }

    private static void assertSound(Wal wal) {
        try (Cursor cursor = wal.cursor(wal.firstIndex())) {
            while (cursor.next()) {
                Payload.check(cursor.entryBytes());
            }
            assertThat(cursor.index()).isEqualTo(wal.lastIndex());
        }
    }

    private void callEverything(Wal wal, int mine, AtomicBoolean done) throws Exception {
        Random random = new Random(mine);
        for (int n = 0; !done.get(); n++) {
            try {
                call(wal, mine, n, random);
            } catch (WalInterruptedException e) {
                assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
                refused.increment();
            } catch (EntryNotFoundException | OutOfRangeException | TruncatedException e) {
                continue; // cut away by another thread
            } finally {
                calls.increment();
            }
        }
    }

    private static void call(Wal wal, int mine, int n, Random random) {
        long first = wal.firstIndex();
        long any = first + random.nextInt((int) Math.max(1, wal.lastIndex() - first + 1));
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> wal.append(Payload.of(mine, n));
            case 3 -> wal.appendAll(List.of(Payload.of(mine, n), Payload.of(mine, -n)));
            case 4 -> wal.appendAsync(Payload.of(mine, n)).join();
            case 5 -> wal.tryAppendAsync(Payload.of(mine, n));
            case 6, 7 -> Payload.check(wal.read(any));
            case 8 -> wal.read(any, 20, 4_000).forEach(entry -> Payload.check(entry.bytes()));
            case 9 -> {
                try (Cursor cursor = wal.cursor(any)) {
                    for (int i = 0; i < 30 && cursor.next(Duration.ofMillis(1)); i++) {
                        Payload.check(cursor.entryBytes());
                    }
                }
            }
            case 10 -> {
                try (Stream<io.jwal.Entry> entries = wal.entries(any, wal.lastIndex())) {
                    entries.limit(20).forEach(entry -> Payload.check(entry.bytes()));
                }
            }
            case 11 -> wal.indexAt(Instant.now().minusMillis(random.nextInt(500)));
            case 12 -> wal.sync();
            case 13 -> wal.setProperty("of-" + mine % 4, Payload.of(mine, n));
            case 14 -> consume(wal, mine);
            default -> cut(wal, random);
        }
    }

    private static void consume(Wal wal, int mine) {
        try (WalConsumer consumer = wal.consumer("of-" + mine)) {
            consumer.poll(5, Duration.ofMillis(1)).forEach(entry -> Payload.check(entry.bytes()));
            consumer.commit();
        }
    }

    private static void cut(Wal wal, Random random) {
        if (wal.lastIndex() - wal.firstIndex() > MOST_ENTRIES) {
            wal.truncateBefore(wal.lastIndex() - MOST_ENTRIES / 2);
        } else if (random.nextInt(4) == 0) {
            wal.truncateAfter(wal.lastIndex() - random.nextInt(5));
        }
        wal.stats();
        wal.property("of-0").ifPresent(Payload::check);
    }
}
