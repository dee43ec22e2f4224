package io.jwal.s3.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.RealS3;
import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.StoreSpec;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.tiered.ArchiveCompression;
import io.jwal.store.tiered.ArchiveEncryption;
import io.jwal.store.tiered.ArchiveKey;
import io.jwal.store.tiered.ArchiveReport;
import io.jwal.store.tiered.TieredStoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that archives itself to a bucket, compressed and encrypted, and is lost. */
class CodedArchiveOnS3Test {
    private static final ArchiveEncryption ENCRYPTION =
            new ArchiveEncryption("key", List.of(new ArchiveKey("key", new Secret("5e".repeat(32)), null)));

    private static TestBucket bucket;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        bucket = new TestBucket(RealS3.server());
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    private static StoreSpec archive() {
        return new StoreSpec("s3", S3Configs.of(bucket.server(), bucket.name(), "coded/", null));
    }

    private WalConfig config(String hot) {
        TieredStoreConfig tiered = new TieredStoreConfig(
                new StoreSpec("file", new FileStoreConfig(directory.resolve(hot))),
                archive(),
                new TieredStoreConfig.KeepHot(ByteSize.ofBytes(0), null),
                null,
                Duration.ofMillis(200),
                null,
                null,
                null,
                null,
                ArchiveCompression.AUTO,
                ENCRYPTION);
        return with(new StoreSpec("tiered", tiered));
    }

    private static WalConfig with(StoreSpec store) {
        return WalConfig.builder()
                .store(store)
                .segmentSize(ByteSize.ofMebibytes(4))
                .maxEntry(ByteSize.ofMebibytes(1))
                .maxBatch(ByteSize.ofMebibytes(4))
                .build();
    }

    /** Half of it can be compressed. */
    private static byte[] entry(long index) {
        byte[] entry = new byte[100_000];
        new Random(index).nextBytes(entry);
        Arrays.fill(entry, 0, 50_000, (byte) index);
        return entry;
    }

    @Test
    void allOfItIsReadAndTakenOver() throws Exception {
        try (Wal wal = JWal.open(config("hot"))) {
            for (long index = 1; index <= 200; index++) {
                wal.append(entry(index));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> wal.stats().store().get("archive.last.index") == 200
                            && wal.stats().store().get("hot.copies.removed") > 0);
            assertThat(wal.stats().store().get("archive.failures")).isZero();
            assertThat(wal.read(1)).isEqualTo(entry(1));
        }
        try (Wal wal = JWal.open(config("other"), OpenOption.takeover())) {
            for (long index = 1; index <= 200; index++) {
                assertThat(wal.read(index)).as("entry %d", index).isEqualTo(entry(index));
            }
            assertThat(wal.append(entry(201))).isEqualTo(201);
        }
        try (WalReader reader = JWal.openReader(config("other"))) {
            assertThat(reader.read(201)).isEqualTo(entry(201));
        }
        try (var hot = with(new StoreSpec("file", new FileStoreConfig(directory.resolve("other"))))
                        .openStore();
                var archive = with(archive()).openStore()) {
            assertThat(ArchiveReport.verify(hot, archive, ENCRYPTION.keys(), done -> {})
                            .segments())
                    .allSatisfy(segment -> assertThat(segment.standing()).isEqualTo(ArchiveReport.Standing.FOUND));
        }
    }
}
