package io.jwal.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.memory.MemoryStoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many small segments and a cache that holds next to none of them: readers read at random and on the way while segments
 * are evicted, sealed, cut and deleted under them. Every index has one content for ever, however often it is cut away.
 */
class EvictionTest {
    private static final int MILLIS = Integer.getInteger("jwal.storm.millis", 1_200);
    private static final int READERS = 6;
    private static final int BATCH = 40;
    private static final int MOST_ENTRIES = 4_000;

    private final LongAdder read = new LongAdder();
    private final AtomicBoolean done = new AtomicBoolean();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory"})
    void whatIsEvictedOrCutUnderAReaderIsReadRightOrRefused(String type) throws Exception {
        WalConfig config = WalConfig.builder()
                .store(type.equals("file") ? new FileStoreConfig(directory) : new MemoryStoreConfig(null))
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(16))
                .commitMaxBytes(ByteSize.ofKibibytes(16))
                .cacheBytes(ByteSize.ofKibibytes(4))
                .build();
        ExecutorService executor = Executors.newCachedThreadPool();
        try (Wal wal = JWal.open(config)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int mine = i;
                readers.add(executor.submit(() -> readers(wal, mine)));
            }
            write(wal, readers);
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            System.out.printf(
                    "%s: %d entries written, %d read%n",
                    type, wal.stats().appends().entries(), read.sum());
            assertThat(read.sum()).isPositive();
        } finally {
            done.set(true);
            executor.shutdownNow();
        }
    }

    /** For as long as said, and until something was read. */
    private void write(Wal wal, List<Future<?>> readers) {
        Random random = new Random(3);
        long end = System.nanoTime() + Duration.ofMillis(MILLIS).toNanos();
        while (System.nanoTime() < end || (read.sum() == 0 && readers.stream().noneMatch(Future::isDone))) {
            long next = wal.lastIndex() + 1;
            wal.appendAll(Stream.iterate(next, index -> index + 1)
                    .limit(BATCH)
                    .map(index -> Payload.of(index, 0))
                    .toList());
            if (random.nextInt(12) == 0) {
                wal.truncateAfter(wal.lastIndex() - random.nextInt(3 * BATCH / 2));
            }
            if (wal.lastIndex() - wal.firstIndex() > MOST_ENTRIES) {
                wal.truncateBefore(wal.lastIndex() - random.nextInt(MOST_ENTRIES));
            }
        }
    }

    private void readers(Wal wal, int mine) {
        Random random = new Random(mine);
        while (!done.get()) {
            long first = wal.firstIndex();
            long index = first + random.nextInt((int) Math.max(1, wal.lastIndex() - first + 1));
            try {
                if (mine % 2 == 0) {
                    Payload.check(wal.read(index), index);
                    read.increment();
                } else {
                    scan(wal, index);
                }
            } catch (EntryNotFoundException | OutOfRangeException | TruncatedException e) {
                continue; // cut away meanwhile
            }
        }
    }

    private void scan(Wal wal, long from) {
        try (Cursor cursor = wal.cursor(from)) {
            while (!done.get() && cursor.next()) {
                Payload.check(cursor.entryBytes(), cursor.index());
                read.increment();
            }
        }
    }
}
