package io.jwal.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreSpec;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.tiered.ArchiveStoreConfig;
import io.jwal.store.tiered.TieredStoreConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive in a bucket that may no longer be written: the log goes on, says what is missing, and catches up. */
class ForbiddenArchiveTest {
    private static final byte[] ENTRY = new byte[900];

    /** What the command's logger, which is on the class path here, says of trouble. */
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private final PrintStream before = System.err;

    @TempDir
    Path hot;

    private FakeS3 server;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
        System.setErr(new PrintStream(said, true, UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
        server.close();
    }

    private StoreSpec archive() {
        return new StoreSpec("s3", S3Logs.store(server, "logs", "past"));
    }

    private static WalConfig small(StoreSpec store) {
        return WalConfig.builder()
                .store(store)
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }

    @Test
    void appendsGoOnAndTheArchiveCatchesUp() {
        StoreSpec tiered = new StoreSpec(
                "tiered", TieredStoreConfig.of(new StoreSpec("file", new FileStoreConfig(hot)), archive()));
        long last;
        try (Wal wal = JWal.open(small(tiered))) {
            appendUntil(wal, () -> archivedUpTo(wal) > 10);
            server.deny(S3Operation.PUT);
            appendUntil(wal, () -> wal.stats().store().get("archive.failures") > 0);

            long held = archivedUpTo(wal);
            last = wal.append(ENTRY);
            assertThat(wal.durableIndex()).isEqualTo(last);
            assertThat(archivedUpTo(wal)).isEqualTo(held).isLessThan(last);
            await().untilAsserted(() -> assertThat(said.toString(UTF_8)) // said a moment after it was counted
                    .contains("archiving is held up and is tried again: cannot create s3://logs/past/")
                    .contains("access denied; allow s3:PutObject"));

            server.permitAll();
            long missing = last;
            appendUntil(wal, () -> archivedUpTo(wal) >= missing);
            last = wal.lastIndex();
        }
        try (WalReader past =
                JWal.openReader(small(new StoreSpec("archive", new ArchiveStoreConfig(archive(), null))))) {
            assertThat(past.firstIndex()).isEqualTo(1);
            assertThat(past.lastIndex()).isEqualTo(last);
        }
    }

    /** How soon a segment ends depends on how soon the next one is made. */
    private static void appendUntil(Wal wal, BooleanSupplier done) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            wal.append(ENTRY);
            return done.getAsBoolean();
        });
    }

    private static long archivedUpTo(Wal wal) {
        return wal.stats().store().get("archive.last.index");
    }
}
