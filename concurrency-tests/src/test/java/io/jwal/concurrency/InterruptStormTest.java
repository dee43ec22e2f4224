package io.jwal.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfOrderException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalClosedException;
import io.jwal.WalInterruptedException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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

    private final LongAdder calls = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

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
        WalConfig config = config(durability);
        long last;
        try (Wal wal = JWal.open(config)) {
            List<Thread> callers = callers(wal, config, kind);
            do { // longer on a machine that stands still, or whose disk is slow
                storm(callers, MILLIS);
            } while (full.sum() == 0 && failures.isEmpty());
            done.set(true);
            join(callers);
            assertThat(failures).isEmpty();
            wal.sync();
            last = wal.append(Payload.of(-1, -1));
            assertSound(wal);
            wal.sync();
        }
        try (Wal wal = JWal.open(config)) {
            assertThat(wal.lastIndex()).isEqualTo(last);
            assertSound(wal);
        }
        System.out.printf(
                "%s, %s: %d calls, %d refused because of an interrupt, %d times the buffer was full%n",
                kind, durability, calls.sum(), refused.sum(), full.sum());
        assertThat(calls.sum()).isPositive();
        assertThat(full.sum()).isPositive();
    }

    /** The one who closes is interrupted as well. */
    @ParameterizedTest
    @MethodSource("storms")
    void aLogIsClosedInTheMiddleOfIt(ThreadKind kind, Durability durability) throws Exception {
        WalConfig config = config(durability);
        Wal wal = JWal.open(config);
        List<Thread> callers = callers(wal, config, kind);
        storm(callers, MILLIS / 4);
        Thread closer = kind.factory().newThread(() -> {
            try {
                Thread.currentThread().interrupt();
                wal.close();
                assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            } catch (Throwable e) {
                failures.add(e);
            }
        });
        closing.set(true);
        closer.start();
        callers.add(closer);
        while (callers.stream().anyMatch(Thread::isAlive)) {
            storm(callers, 1);
        }
        assertThat(failures).isEmpty();
        try (Wal again = JWal.open(config)) {
            again.append(Payload.of(-1, -1)); // perhaps all others were cut away
            assertSound(again);
        }
    }

    private List<Thread> callers(Wal wal, WalConfig config, ThreadKind kind) throws ReflectiveOperationException {
        ThreadFactory threads = kind.factory();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < kind.count; i++) {
            StormCaller caller = new StormCaller(wal, config, i, full);
            callers.add(threads.newThread(() -> {
                try {
                    callEverything(caller);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        callers.forEach(Thread::start);
        return callers;
    }

    private static void storm(List<Thread> threads, int millis) {
        Random random = new Random(1);
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < end) {
            threads.get(random.nextInt(threads.size())).interrupt();
            Thread.yield();
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void assertSound(Wal wal) {
        try (Cursor cursor = wal.cursor(wal.firstIndex())) {
            while (cursor.next()) {
                Payload.check(cursor.entryBytes());
            }
            assertThat(cursor.index()).isEqualTo(wal.lastIndex());
        }
    }

    private void callEverything(StormCaller caller) {
        while (!done.get()) {
            try {
                caller.call();
            } catch (WalInterruptedException e) {
                assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
                refused.increment();
            } catch (EntryNotFoundException | OutOfRangeException | TruncatedException | OutOfOrderException e) {
                continue; // cut away by another thread, or written by it
            } catch (WalClosedException e) {
                assertThat(closing).as("whether somebody closes it: %s", e).isTrue();
                return;
            } finally {
                calls.increment();
            }
        }
    }
}
