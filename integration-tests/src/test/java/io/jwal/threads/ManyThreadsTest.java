package io.jwal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalClosedException;
import io.jwal.WalInterruptedException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.size.OpenHandles;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of threads, interrupted at any moment, use one log; and nothing is left of it when it is closed. */
class ManyThreadsTest {
    private static final int THREADS = 64;
    private static final int EACH = 60;

    @TempDir
    Path directory;

    /** Those of logs whose process other tests in this JVM have killed. */
    private final Set<Thread> before = jwalThreads();

    @AfterEach
    void nothingIsLeft() throws Exception {
        await().untilAsserted(() -> assertThat(jwalThreads()).allMatch(before::contains));
        assertThat(OpenHandles.below(directory)).as("open files").isZero();
    }

    private static Set<Thread> jwalThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jwal-"))
                .collect(Collectors.toSet());
    }

    private WalConfig config(Durability durability) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(32))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(8))
                .commitMaxBytes(ByteSize.ofKibibytes(4))
                .durability(durability)
                .build();
    }

    /** Platform threads, and virtual ones where the JDK has them (21 and newer). */
    static List<ThreadFactory> kindsOfThreads() throws ReflectiveOperationException {
        List<ThreadFactory> kinds = new ArrayList<>(List.of(Executors.defaultThreadFactory()));
        if (Runtime.version().feature() >= 21) {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            kinds.add((ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder));
        }
        return kinds;
    }

    private static byte[] content(long thread, long number) {
        byte[] bytes = new byte[16 + (int) (thread * 7 + number) % 200];
        ByteBuffer.wrap(bytes).putLong(thread).putLong(number);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("kindsOfThreads")
    void everyIndexHoldsItsEntryHoweverThreadsAreInterrupted(ThreadFactory kind) throws Exception {
        Map<Long, byte[]> acknowledged = new ConcurrentHashMap<>();
        try (Wal wal = JWal.open(config(Durability.SYNC))) {
            CountDownLatch running = new CountDownLatch(THREADS);
            AtomicBoolean twice = new AtomicBoolean();
            AtomicBoolean flagLost = new AtomicBoolean();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int mine = i;
                threads.add(kind.newThread(() -> {
                    running.countDown();
                    for (int n = 0; n < EACH; n++) {
                        byte[] entry = content(mine, n);
                        boolean interrupted = n % 3 == 0;
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        long index = appendSurely(wal, entry);
                        flagLost.compareAndSet(false, interrupted && !Thread.interrupted());
                        twice.compareAndSet(false, acknowledged.put(index, entry) != null);
                    }
                }));
            }
            threads.forEach(Thread::start);
            running.await();
            Random random = new Random(1);
            while (threads.stream().anyMatch(Thread::isAlive)) {
                threads.get(random.nextInt(THREADS)).interrupt();
                Thread.onSpinWait();
            }

            assertThat(twice).as("an index given twice").isFalse();
            assertThat(flagLost).as("an interrupt forgotten").isFalse();
            assertThat(acknowledged.size()).isEqualTo(THREADS * EACH);
            assertThat(wal.lastIndex()).isEqualTo(THREADS * EACH);
            assertHolds(wal, acknowledged);
            assertThat(wal.append(new byte[] {1})).isEqualTo(THREADS * EACH + 1);
        }
        try (Wal wal = JWal.open(config(Durability.SYNC))) {
            assertHolds(wal, acknowledged);
        }
    }

    /** A full buffer may refuse an interrupted thread, and has appended nothing then. */
    private static long appendSurely(Wal wal, byte[] entry) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wal.append(entry);
                } catch (WalInterruptedException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void assertHolds(Wal wal, Map<Long, byte[]> entries) {
        entries.forEach((index, entry) -> assertThat(wal.read(index)).isEqualTo(entry));
    }

    @ParameterizedTest
    @EnumSource
    void dependentsThatAppendDoNotDeadlock(Durability durability) throws Exception {
        int chains = 20;
        int length = 100;
        try (Wal wal = JWal.open(config(durability))) {
            List<CompletableFuture<Long>> ends = new ArrayList<>();
            for (int chain = 0; chain < chains; chain++) {
                CompletableFuture<Long> end = wal.appendAsync(content(chain, 0));
                for (int n = 1; n < length; n++) {
                    int next = n;
                    int mine = chain;
                    end = n % 10 == 0
                            ? end.thenApply(before -> wal.append(content(mine, next)))
                            : end.thenCompose(before -> wal.appendAsync(content(mine, next)));
                }
                ends.add(end);
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get();
            assertThat(wal.lastIndex()).isEqualTo(chains * length);
            wal.sync();
            assertThat(wal.durableIndex()).isEqualTo(chains * length);
        }
    }

    @Test
    void whoWaitsIsWokenByClose() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Wal wal = JWal.open(config(Durability.SYNC));
            wal.append(new byte[] {1});
            CountDownLatch waiting = new CountDownLatch(3);
            List<Future<?>> waiters = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiters.add(executor.submit(() -> {
                    try (Cursor cursor = wal.cursor(2)) {
                        waiting.countDown();
                        return cursor.next(Duration.ofHours(1));
                    }
                }));
            }
            waiters.add(executor.submit(() -> {
                var consumer = wal.consumer("waiter");
                consumer.seek(2);
                waiting.countDown();
                return consumer.poll(Duration.ofHours(1));
            }));
            waiting.await();
            wal.close();

            for (Future<?> waiter : waiters) {
                assertThatThrownBy(waiter::get).hasCauseInstanceOf(WalClosedException.class);
            }
            assertThatThrownBy(() -> wal.append(new byte[] {2})).isInstanceOf(WalClosedException.class);
            assertThatThrownBy(() -> wal.appendAsync(new byte[] {2}).join())
                    .hasCauseInstanceOf(WalClosedException.class);
            assertThatThrownBy(() -> wal.read(1)).isInstanceOf(WalClosedException.class);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void appendsThatRaceACloseAreThereOrRefused() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        Map<Long, byte[]> acknowledged = new ConcurrentHashMap<>();
        try {
            Wal wal = JWal.open(config(Durability.SYNC));
            List<Future<?>> appenders = new ArrayList<>();
            CountDownLatch running = new CountDownLatch(8);
            for (int i = 0; i < 8; i++) {
                int mine = i;
                appenders.add(executor.submit(() -> {
                    for (long n = 0; ; n++) {
                        byte[] entry = content(mine, n);
                        acknowledged.put(wal.append(entry), entry);
                        running.countDown();
                    }
                }));
            }
            running.await();
            wal.close();
            for (Future<?> appender : appenders) {
                assertThatThrownBy(appender::get).hasCauseInstanceOf(WalClosedException.class);
            }
        } finally {
            executor.shutdownNow();
        }
        try (Wal wal = JWal.open(config(Durability.SYNC))) {
            assertHolds(wal, acknowledged);
        }
    }

    /** Entries say themselves which index they have, so that a reader sees at once when one is another's. */
    @Test
    void readersRaceTruncationAtBothEnds() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        AtomicBoolean done = new AtomicBoolean();
        try (Wal wal = JWal.open(config(Durability.SYNC))) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(executor.submit(() -> scan(wal, done)));
                readers.add(executor.submit(() -> readAtRandom(wal, done)));
            }
            Random random = new Random(3);
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (System.nanoTime() < end) {
                List<byte[]> batch = new ArrayList<>();
                for (int n = 0; n < 20; n++) {
                    batch.add(content(wal.lastIndex() + 1 + n, 0));
                }
                wal.appendAll(batch);
                if (random.nextInt(10) == 0) {
                    wal.truncateAfter(Math.max(wal.firstIndex() - 1, wal.lastIndex() - random.nextInt(100)));
                }
                if (random.nextInt(10) == 0) {
                    wal.truncateBefore(Math.max(wal.firstIndex(), wal.lastIndex() + 1 - random.nextInt(400)));
                }
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            done.set(true);
            executor.shutdownNow();
        }
    }

    private static Void scan(Wal wal, AtomicBoolean done) {
        while (!done.get()) {
            try (Cursor cursor = wal.cursor(wal.firstIndex())) {
                while (!done.get() && cursor.next(Duration.ofMillis(10))) {
                    assertIndexIsIn(cursor.entryBytes(), cursor.index());
                }
            } catch (TruncatedException | OutOfRangeException e) {
                continue; // begins again
            }
        }
        return null;
    }

    private static Void readAtRandom(Wal wal, AtomicBoolean done) {
        Random random = new Random(4);
        while (!done.get()) {
            long first = wal.firstIndex();
            long index = first + random.nextInt((int) Math.max(1, wal.lastIndex() - first + 1));
            try {
                assertIndexIsIn(wal.read(index), index);
            } catch (EntryNotFoundException e) {
                continue; // cut away meanwhile
            }
        }
        return null;
    }

    private static void assertIndexIsIn(byte[] entry, long index) {
        assertThat(entry).isEqualTo(content(index, 0));
    }
}
