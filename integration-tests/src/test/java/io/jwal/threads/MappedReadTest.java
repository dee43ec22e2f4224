package io.jwal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Durability;
import io.jwal.EntryNotFoundException;
import io.jwal.Wal;
import io.jwal.WalClosedException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of mapped segments are read without acquiring anything. They stay right whatever happens to the segment. */
class MappedReadTest {
    private static final int READERS = 4;
    private static final int BYTES = 200;

    @TempDir
    Path directory;

    /** So few readers find room in the cache that nearly every other read evicts one. */
    private WalConfig.Builder config() {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(32))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(8))
                .commitMaxBytes(ByteSize.ofKibibytes(4))
                .cacheBytes(ByteSize.ofKibibytes(4))
                .durability(Durability.NONE);
    }

    private static byte[] entry(long index, int generation) {
        return ByteBuffer.allocate(BYTES).putLong(index).putInt(generation).array();
    }

    @Test
    void readsAreRightBesideEvictionRollsAndCutsUntilTheLogIsClosed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        Wal wal = JWal.open(config().build());
        try {
            List<Future<Long>> readers = new ArrayList<>();
            CountDownLatch reads = new CountDownLatch(READERS);
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reading(wal, reads)));
            }
            for (int generation = 0; generation < 12; generation++) {
                for (int i = 0; i < 1_500; i++) {
                    wal.append(entry(wal.lastIndex() + 1, generation));
                }
                if (generation % 2 == 0) {
                    wal.truncateBefore(wal.firstIndex() + 700);
                } else {
                    wal.truncateAfter(wal.lastIndex() - 700);
                    wal.append(entry(wal.lastIndex() + 1, 100 + generation));
                    long last = wal.lastIndex();
                    assertThat(wal.read(last)).isEqualTo(entry(last, 100 + generation));
                    assertThat(wal.read(last)).isEqualTo(entry(last, 100 + generation));
                }
            }
            assertThat(wal.stats().cache().evictions()).isPositive();
            assertThat(reads.await(1, TimeUnit.MINUTES)).as("each has read").isTrue();
            wal.close();
            for (Future<Long> reader : readers) {
                assertThat(reader.get(1, TimeUnit.MINUTES)).isPositive();
            }
        } finally {
            wal.close();
            threads.shutdownNow();
        }
    }

    private static Callable<Long> reading(Wal wal, CountDownLatch begun) {
        return () -> {
            long reads = 0;
            try {
                while (true) {
                    long first = wal.firstIndex();
                    long index = first + ThreadLocalRandom.current().nextLong(Math.max(1, wal.lastIndex() - first + 1));
                    try {
                        assertThat(ByteBuffer.wrap(wal.read(index)).getLong()).isEqualTo(index);
                        if (reads++ == 0) {
                            begun.countDown();
                        }
                    } catch (EntryNotFoundException e) {
                        assertThat(e).hasMessageContaining(Long.toString(index)); // cut away since
                    }
                }
            } catch (WalClosedException e) {
                return reads;
            }
        };
    }

    @Test
    void damageIsFoundAtTheEntryItHit() throws IOException {
        try (Wal wal = JWal.open(config().build())) {
            for (long index = 1; index <= 150; index++) {
                wal.append(entry(index, 0));
            }
        }
        try (Wal wal = JWal.open(config().build())) {
            for (int i = 0; i < 2; i++) {
                for (long index = 1; index <= 150; index++) {
                    assertThat(wal.read(index)).isEqualTo(entry(index, 0));
                }
            }
            damage(77);
            assertThatThrownBy(() -> wal.read(77))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("77");
            assertThat(wal.read(76)).isEqualTo(entry(76, 0));
            assertThat(wal.read(78)).isEqualTo(entry(78, 0));
        }
    }

    /** Turns a bit of an entry around, in the page that is mapped. */
    private void damage(long index) throws IOException {
        Path segment;
        try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
            segment = files.sorted().findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        ByteBuffer wanted = ByteBuffer.wrap(entry(index, 0));
        int at = 0;
        while (!ByteBuffer.wrap(bytes, at, BYTES).equals(wanted)) {
            at++;
        }
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), at + BYTES - 1L);
        }
    }
}
