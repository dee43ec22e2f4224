package io.jwal.follow;

import static io.jwal.follow.Follower.entry;
import static io.jwal.follow.Follower.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.process.ChildJvm;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower gets every entry, in order, and none that a power cut could still take back. */
class FollowerTest {
    @TempDir
    Path directory;

    static WalConfig config(Path directory) {
        return config(directory, Durability.SYNC);
    }

    private static WalConfig config(Path directory, Durability durability) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(32))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(8))
                .commitMaxBytes(ByteSize.ofKibibytes(8))
                .durability(durability)
                .build();
    }

    @Test
    void anotherProcessFollowsAcrossRollsCutsClosesAndTakeovers() throws Exception {
        Wal wal = JWal.open(config(directory));
        wal.append(entry(1));
        try (ChildJvm follower = ChildJvm.start(Follower.class, directory, 1)) {
            assertThat(follower.line()).isEqualTo("READY");
            assertGot(follower, 1, 1);

            // Rolls: some 130 entries fill a segment. Seen as they come, and in a burst
            for (long index = 2; index <= 1_000; index++) {
                wal.append(entry(index));
                assertGot(follower, index, index);
            }
            for (long index = 1_001; index <= 3_000; index++) {
                wal.appendAsync(entry(index));
            }
            for (long index = 1_001; index <= 3_000; index++) {
                assertGot(follower, index, index);
            }

            // Cut behind it
            wal.truncateBefore(2_900);
            wal.append(entry(3_001));
            assertGot(follower, 3_001, 3_001);

            // A clean close, and another writer
            wal.close();
            wal = JWal.open(config(directory));
            wal.append(entry(3_002));
            assertGot(follower, 3_002, 3_002);

            // Cut under it: what takes the place of the cut entries is told apart
            wal.truncateAfter(2_950);
            for (long index = 2_951; index <= 3_100; index++) {
                wal.append(entry(index + 10_000));
            }
            assertThat(follower.line()).isEqualTo("CUT");
            for (long index = 2_900; index <= 3_100; index++) {
                assertGot(follower, index, index <= 2_950 ? index : index + 10_000);
            }

            // Emptied from the end
            wal.truncateAfter(wal.firstIndex() - 1);
            for (long index = 2_900; index <= 3_200; index++) {
                wal.append(entry(index + 20_000));
            }
            assertThat(follower.line()).isEqualTo("CUT");
            for (long index = 2_900; index <= 3_200; index++) {
                assertGot(follower, index, index + 20_000);
            }

            // Emptied from the start, ahead of what it has read all of
            wal.truncateBefore(3_201);
            wal.append(entry(Follower.END));
            assertGot(follower, 3_201, Follower.END);
            System.out.println("follower in another process: " + follower.line());
            assertThat(follower.exitCode()).isZero();
        } finally {
            wal.close();
        }
    }

    private static void assertGot(ChildJvm follower, long index, long number) throws IOException {
        assertThat(follower.line()).isEqualTo("GOT " + index + " " + number);
    }

    @Test
    void aFollowerOutlivesAKilledWriterAndFollowsTheNextOne() throws Exception {
        try (ChildJvm first = ChildJvm.start(EndlessWriter.class, directory)) {
            first.line();
            try (WalReader reader = JWal.openReader(config(directory));
                    Cursor cursor = reader.cursor(1)) {
                long before = 0;
                while (before < 500) {
                    assertThat(cursor.next(Duration.ofMinutes(1))).isTrue();
                    assertThat(number(cursor.entryBytes())).isEqualTo(++before);
                }
                first.kill();
                first.exitCode();
                try (Wal next = JWal.open(config(directory))) {
                    long last = next.lastIndex();
                    assertThat(next.append(entry(last + 1))).isEqualTo(last + 1);
                    while (before <= last) {
                        assertThat(cursor.next(Duration.ofMinutes(1))).isTrue();
                        assertThat(cursor.index()).isEqualTo(++before);
                        assertThat(number(cursor.entryBytes())).isEqualTo(before);
                    }
                }
            }
        }
    }

    /** Long before its time is up, and though nothing comes after the cut. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWaitsBehindTheEndIsToldOfACut(boolean follows) throws Exception {
        try (Wal wal = JWal.open(config(directory))) {
            for (int i = 1; i <= 10; i++) {
                wal.append(entry(i));
            }
            try (WalReader follower = JWal.openReader(config(directory));
                    Cursor cursor = (follows ? follower : wal).cursor(11)) {
                CompletableFuture<Boolean> waiting =
                        CompletableFuture.supplyAsync(() -> cursor.next(Duration.ofHours(1)));
                wal.truncateAfter(5);
                assertThatThrownBy(() -> waiting.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(TruncatedException.class);
            }
        }
    }

    /** What the store has synced the writer says a moment later, and it does not sync again before it was asked. */
    private static void assertDurable(Wal wal, long index, Lock asking) {
        asking.lock();
        try {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (wal.durableIndex() < index && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(wal.durableIndex()).as("durable when seen").isGreaterThanOrEqualTo(index);
        } finally {
            asking.unlock();
        }
    }

    private static void inTurn(Lock writing, Runnable call) {
        writing.lock();
        try {
            call.run();
        } finally {
            writing.unlock();
        }
    }

    @Test
    void aFollowerInTheSameProcessSeesOnlyWhatIsDurable() throws Exception {
        int entries = 5_000;
        AtomicBoolean done = new AtomicBoolean();
        ReadWriteLock turns = new ReentrantReadWriteLock(true);
        try (Wal wal = JWal.open(config(directory, Durability.NONE));
                WalReader reader = JWal.openReader(config(directory))) {
            CompletableFuture<Void> following = CompletableFuture.runAsync(() -> {
                try (Cursor cursor = reader.cursor(1)) {
                    for (long expected = 1; expected <= entries; expected++) {
                        assertThat(cursor.next(Duration.ofMinutes(1))).isTrue();
                        assertDurable(wal, cursor.index(), turns.readLock());
                        assertThat(cursor.index()).isEqualTo(expected);
                        assertThat(number(cursor.entryBytes())).isEqualTo(expected);
                    }
                }
            });
            CompletableFuture<Void> looking = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    long seen = reader.lastIndex();
                    assertDurable(wal, seen, turns.readLock());
                }
            });
            for (int i = 1; i <= entries; i++) {
                byte[] entry = entry(i);
                inTurn(turns.writeLock(), () -> wal.append(entry));
                if (i % 701 == 0) {
                    inTurn(turns.writeLock(), wal::sync);
                }
            }
            inTurn(turns.writeLock(), wal::sync);
            following.join();
            done.set(true);
            looking.join();
            await().untilAsserted(() -> assertThat(reader.lastIndex()).isEqualTo(entries));
        }
    }

    /** Appends until it is killed. */
    static final class EndlessWriter {
        private EndlessWriter() {}

        /** Argument: the directory of the log. */
        public static void main(String[] arguments) {
            Wal wal = JWal.open(config(Path.of(arguments[0])));
            System.out.println("OPEN");
            while (true) {
                wal.append(entry(wal.lastIndex() + 1));
            }
        }
    }
}
