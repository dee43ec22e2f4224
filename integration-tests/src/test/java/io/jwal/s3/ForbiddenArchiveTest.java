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
        try (Wal wal = JWal.open(small(tiered))) {
            append(wal, 20);
            await().until(() -> archivedUpTo(wal) > 10);
            server.deny(S3Operation.PUT);
            append(wal, 20);
            await().until(() -> wal.stats().store().get("archive.failures") > 0);

            append(wal, 20);
            assertThat(wal.durableIndex()).isEqualTo(60);
            assertThat(archivedUpTo(wal)).isLessThan(30);
            assertThat(said.toString(UTF_8))
                    .contains("archiving is held up and is tried again: cannot create s3://logs/past/")
                    .contains("access denied; allow s3:PutObject");

            server.permitAll();
            await().until(() -> archivedUpTo(wal) > 50);
        }
        try (WalReader past =
                JWal.openReader(small(new StoreSpec("archive", new ArchiveStoreConfig(archive(), null))))) {
            assertThat(past.firstIndex()).isEqualTo(1);
            assertThat(past.lastIndex()).isEqualTo(60);
        }
    }

    private static void append(Wal wal, int entries) {
        for (int i = 0; i < entries; i++) {
            wal.append(ENTRY);
        }
    }

    private static long archivedUpTo(Wal wal) {
        return wal.stats().store().get("archive.last.index");
    }
}
