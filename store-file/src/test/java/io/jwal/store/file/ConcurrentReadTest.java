package io.jwal.store.file;

import static io.jwal.store.file.Stores.bytes;
import static io.jwal.store.file.Stores.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.Version;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Reading while somebody writes, seals, deletes or interrupts. */
final class ConcurrentReadTest {
    private static final SegmentId ONE = new SegmentId(1, 1);

    @TempDir
    Path directory;

    private Store store;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory);
        store.claimWriter();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** Sealing cuts the rest that was set aside off under the readers' maps. */
    @Test
    void readersSeeRightBytesWhileASegmentGrowsAndIsSealed() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Store follower = Stores.open(directory)) {
            for (int round = 1; round <= 4; round++) {
                SegmentId id = new SegmentId(round, 1);
                SegmentWriter writer = store.createSegment(id, round % 2 == 0 ? 64 << 10 : 3 << 20);
                AtomicBoolean sealed = new AtomicBoolean();
                List<Future<Long>> readers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    readers.add(threads.submit(reading(i % 2 == 0 ? store : follower, id, i, sealed)));
                }
                Random random = new Random(round);
                while (writer.position() < 2 << 20) {
                    ByteBuffer some = pattern(writer.position(), 1 + random.nextInt(20_000));
                    if (random.nextInt(4) == 0) {
                        writer.appendAndSync(some);
                    } else {
                        writer.append(some);
                    }
                }
                writer.seal();
                long length = writer.position();
                writer.close();
                sealed.set(true);
                for (Future<Long> reader : readers) {
                    assertThat(reader.get()).isEqualTo(length);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Long> reading(Store store, SegmentId id, int seed, AtomicBoolean sealed) {
        return () -> {
            Random random = new Random(seed);
            List<ByteBuffer> kept = new ArrayList<>();
            try (SegmentReader reader = store.openSegment(id)) {
                long before = 0;
                boolean last;
                do {
                    last = sealed.get();
                    long size = reader.size();
                    assertThat(size).isGreaterThanOrEqualTo(before);
                    before = size;
                    if (size > 0) {
                        int length = 1 + random.nextInt((int) Math.min(size, 50_000));
                        long at = random.nextBoolean() ? size - length : random.nextInt((int) size - length + 1);
                        ByteBuffer slice = reader.slice(at, length);
                        assertRight(slice, at);
                        if (random.nextInt(50) == 0) {
                            kept.add(slice);
                            assertRight(kept.get(0).duplicate(), -1);
                        }
                    }
                } while (!last);
                assertRight(reader.slice(0, (int) before), 0);
                return before;
            }
        };
    }

    private static void assertRight(ByteBuffer bytes, long position) {
        for (int i = 0; i < bytes.limit(); i++) {
            byte found = bytes.get(i);
            if (position >= 0 && found != Stores.patternAt(position + i)) {
                throw new AssertionError("byte " + (position + i) + " is " + found);
            }
        }
    }

    @Test
    void anInterruptStormLosesNothing() throws Exception {
        SegmentWriter writer = store.createSegment(ONE, 64 << 10);
        AtomicLong done = new AtomicLong();
        Thread worker = new Thread(() -> {
            try {
                Version version = null;
                for (int i = 1; i <= 60; i++) {
                    writer.append(pattern(writer.position(), 3000));
                    writer.appendAndSync(pattern(writer.position(), 3000));
                    version = store.writeRegister("state", version, bytes("v" + i))
                            .version();
                    SegmentId other = new SegmentId(2, i);
                    try (SegmentWriter short1 = store.createSegment(other, 5000)) {
                        short1.append(pattern(0, 300_000));
                        short1.seal();
                    }
                    try (SegmentReader reader = store.openSegment(other)) {
                        assertThat(reader.slice(0, 300_000)).isEqualTo(pattern(0, 300_000));
                    }
                    try (Store another = Stores.open(directory.resolve("nested-" + i % 3))) {
                        another.claimWriter().close();
                        another.claimWriter();
                        another.readRegister("manifest");
                    }
                    store.deleteSegment(other);
                    done.incrementAndGet();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        worker.start();
        while (worker.isAlive()) {
            worker.interrupt();
            Thread.onSpinWait();
        }
        worker.join();
        assertThat(done).hasValue(60);
        assertThat(worker.isInterrupted() || !worker.isAlive()).isTrue();
        Register state = store.readRegister("state").orElseThrow();
        assertThat(state.content()).isEqualTo(bytes("v60"));
        assertThat(store.listSegments()).containsExactly(ONE);
        try (SegmentReader reader = store.openSegment(ONE);
                Child child = Child.claiming(directory)) {
            assertThat(reader.slice(0, 360_000)).isEqualTo(pattern(0, 360_000));
            assertThat(child.line()).startsWith("locked");
        }
    }

    @Test
    void theInterruptFlagStays() throws IOException {
        try (SegmentWriter writer = store.createSegment(ONE, 0)) {
            Thread.currentThread().interrupt();
            writer.appendAndSync(pattern(0, 1000));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            store.writeRegister("state", null, bytes("x"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            writer.seal();
            store.openSegment(ONE).close();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            store.deleteSegment(ONE);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void mapsAreLetGoByTheCollector() throws IOException {
        try (SegmentWriter writer = store.createSegment(ONE, 1 << 20)) {
            writer.append(pattern(0, 1 << 20));
            writer.seal();
        }
        SegmentReader reader = store.openSegment(ONE);
        ByteBuffer view = reader.slice(0, 10);
        store.deleteSegment(ONE);
        reader.close();
        assertThat(store.counters())
                .containsEntry("mapped.bytes", 1L << 20)
                .containsEntry("mapped.deleted.bytes", 1L << 20);
        assertThat(view).isEqualTo(pattern(0, 10));
        view = ByteBuffer.allocate(0);
        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(store.counters()).containsEntry("mapped.bytes", 0L).containsEntry("mapped.deleted.bytes", 0L);
        });
        assertThat(view.hasRemaining()).isFalse();
    }

    /** Before JDK 21 the JVM throws its error some time after the access, wherever the thread is then. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aFileThatSomebodyCutsShortIsAnExceptionAndNoErrorOfTheJvm() throws IOException {
        try (SegmentWriter writer = store.createSegment(ONE, 0)) {
            writer.append(pattern(0, 100_000));
            writer.seal();
        }
        try (SegmentReader reader = store.openSegment(ONE);
                RandomAccessFile file = new RandomAccessFile(
                        directory.resolve("segments/" + ONE + ".seg").toFile(), "rw")) {
            file.setLength(10_000);
            assertThatThrownBy(() -> reader.read(50_000, ByteBuffer.allocate(1000)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut short");
            assertThatThrownBy(() -> reader.read(50_000, ByteBuffer.allocateDirect(1000)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut short");
        }
    }
}
