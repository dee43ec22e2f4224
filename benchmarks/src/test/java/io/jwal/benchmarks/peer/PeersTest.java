package io.jwal.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that did not do the work would win every comparison. */
final class PeersTest {
    private static final int SIZE = 128;
    private static final Duration SYNC = Duration.ofMillis(1);
    private static final Set<PeerKind> READERS = EnumSet.of(
            PeerKind.RAW, PeerKind.JWAL, PeerKind.CHRONICLE, PeerKind.ROCKSDB, PeerKind.LMDB, PeerKind.KAFKA);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"RAW", "JWAL", "CHRONICLE", "ROCKSDB", "LMDB", "KAFKA"})
    void readsWhatWasAppendedBeforeItWasClosed(PeerKind kind) throws Exception {
        try (Peer log = kind.open(directory.resolve("log"), PeerOptions.of(false, SYNC))) {
            byte[] entry = Entries.template(SIZE);
            Entries.stamp(entry, 1);
            log.append(entry);
            List<byte[]> batch = Entries.batch(999, SIZE);
            Entries.stamp(batch, 2);
            log.appendAll(batch);
            log.flush();
        }
        try (Peer log = kind.open(directory.resolve("log"), PeerOptions.of(false, SYNC))) {
            assertThat(log.scan()).isEqualTo(new Peer.Scan(1000, 1000 * 1001 / 2));
            assertThat(log.read(1)).isEqualTo(1);
            assertThat(log.read(700)).isEqualTo(700);
            assertThat(log.read(1000)).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SDK", "TIDWALL"},
            mode = EnumSource.Mode.EXCLUDE)
    void appendsDurablyFromSeveralThreads(PeerKind kind) throws Exception {
        try (Peer log =
                kind.open(directory.resolve("log"), PeerOptions.of(true, SYNC).threads(2))) {
            Thread other = new Thread(() -> append(log));
            other.start();
            append(log);
            other.join();
            if (READERS.contains(kind)) {
                assertThat(log.scan().entries()).isEqualTo(20);
            }
        }
    }

    private static void append(Peer log) {
        try {
            for (int i = 0; i < 10; i++) {
                log.append(Entries.template(SIZE));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JWAL", "ROCKSDB", "LMDB"})
    void dropsTheOlderHalf(PeerKind kind) throws Exception {
        try (Peer log = kind.open(directory.resolve("log"), PeerOptions.of(true, SYNC))) {
            List<byte[]> batch = Entries.batch(100, SIZE);
            Entries.stamp(batch, 1);
            log.appendAll(batch);
            log.dropBefore(51);
            assertThat(log.scan()).isEqualTo(new Peer.Scan(50, 75 * 50 + 25));
        }
    }
}
