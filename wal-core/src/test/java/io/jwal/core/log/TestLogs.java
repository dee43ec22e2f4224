package io.jwal.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.LogMedium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Logs for tests, on a medium. */
final class TestLogs {
    private TestLogs() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static WalConfig.Builder config(LogMedium medium) {
        return WalConfig.builder()
                .store(medium.open())
                .commitMaxDelay(Duration.ZERO)
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofMebibytes(1))
                .maxBatch(ByteSize.ofMebibytes(4));
    }

    static Wal open(LogMedium medium, OpenOption... options) {
        return JWal.open(config(medium).build(), options);
    }

    static WalReader reader(LogMedium medium) {
        return JWal.openReader(config(medium).build());
    }

    static List<SegmentId> segments(LogMedium medium) {
        try (Store store = medium.open()) {
            return store.listSegments();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LogManifest manifest(LogMedium medium) {
        try (Store store = medium.open()) {
            return LogManifest.decode(
                    store.readRegister(LogManifest.REGISTER).orElseThrow().content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All entries of a log, as text. */
    static List<String> contents(WalReader log) {
        return log.read(log.firstIndex(), Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                .map(entry -> text(entry.bytes()))
                .toList();
    }

    /** {@code e1}, {@code e2} … */
    static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "e" + i).toList();
    }

    static void append(Wal wal, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> wal.append(bytes("e" + i)));
    }
}
