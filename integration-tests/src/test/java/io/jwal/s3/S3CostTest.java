package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.WalStats;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.S3Operation;
import io.jwal.s3.servers.S3Request;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests are money: what the promises need is sent, and no more. */
class S3CostTest {
    private static final String BUCKET = "logs";
    private static final int BLOCK = 1 << 20;

    private FakeS3 server;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket(BUCKET);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WalConfig.Builder config() {
        return S3Logs.config(server, BUCKET, "log/");
    }

    private long puts(String keyPattern) {
        return server.requests().last().stream()
                .filter(request -> request.operation() == S3Operation.PUT)
                .map(S3Request::key)
                .filter(key -> key.matches(keyPattern))
                .count();
    }

    @Test
    void tenThousandAppendsOfSixteenThreadsCostOnePartEachCommit() throws Exception {
        int threads = 16;
        int each = 625;
        WalConfig config = config().commitMaxDelay(Duration.ofMillis(20))
                .segmentSize(ByteSize.ofKibibytes(512))
                .build();
        WalStats stats;
        try (Wal wal = JWal.open(config)) {
            server.requests().clear();
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> appenders = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                appenders.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        wal.append(new byte[128]);
                    }
                }));
            }
            for (Future<?> appender : appenders) {
                appender.get();
            }
            pool.shutdown();
            stats = wal.stats();
        }
        long segments = puts("log/segments/.*\\.seg");
        long commits = stats.appends().commits();
        System.out.printf(
                "%d appends by %d threads: %d commits, %d segments, %s%n",
                threads * each, threads, commits, segments, server.requests().counts());

        assertThat(stats.lastIndex()).isEqualTo(threads * each);
        assertThat(commits).isLessThan(threads * each / 4);
        assertThat(segments).isBetween(2L, 10L);
        // One header for each segment and for the one that was named ahead of the last.
        assertThat(puts(".*\\.part")).isBetween(commits + segments, commits + segments + 1);
        // Named ahead and named sealed; the last one closed.
        assertThat(puts("log/registers/manifest")).isLessThanOrEqualTo(2 * segments + 2);
        assertThat(server.requests().count(S3Operation.PUT))
                .isEqualTo(puts(".*\\.part") + segments + puts("log/registers/manifest"));
        assertThat(server.requests().count(S3Operation.GET))
                .as("a look whether each segment was sealed as meant")
                .isLessThanOrEqualTo(segments);
        assertThat(server.requests().count(S3Operation.LIST))
                .as("whether a segment's name is free, and what there is of the last one ahead")
                .isLessThanOrEqualTo(segments + 2);
        assertThat(server.requests().count(S3Operation.DELETE_MANY)).isLessThanOrEqualTo(2 * segments);
    }

    @Test
    void anIdleLogCostsNothing() throws Exception {
        try (Wal wal = JWal.open(config().build())) {
            wal.append(new byte[10]);
            server.requests().clear();
            try (Cursor cursor = wal.cursor(2)) {
                assertThat(cursor.next(Duration.ofMillis(300))).isFalse();
            }

            assertThat(server.requests().counts()).isEmpty();
        }
    }

    @Test
    void aPointReadCostsTwoRequestsInAColdSegmentAndNoneInAWarmOne() {
        WalConfig config = config().segmentSize(ByteSize.ofMebibytes(24)).build();
        byte[] entry = new byte[64 << 10];
        try (Wal wal = JWal.open(config)) {
            for (int i = 0; i < 64; i++) {
                wal.appendAll(Collections.nCopies(16, entry));
            }
        }
        try (WalReader reader = JWal.openReader(config)) {
            server.requests().clear();
            assertThat(reader.read(100)).isEqualTo(entry);
            assertThat(server.requests().counts()).containsOnlyKeys(S3Operation.GET);
            assertThat(server.requests().count(S3Operation.GET)).isLessThanOrEqualTo(2);

            server.requests().clear();
            assertThat(reader.read(100)).isEqualTo(entry);
            assertThat(reader.read(101)).isEqualTo(entry);
            assertThat(server.requests().counts()).isEmpty();
        }
    }

    @Test
    void aScanCostsAboutOneRequestEachBlock() {
        WalConfig config = config().segmentSize(ByteSize.ofMebibytes(32)).build();
        byte[] entry = new byte[1 << 10];
        long bytes = 0;
        try (Wal wal = JWal.open(config)) {
            while (bytes < 96L << 20) {
                wal.appendAll(Collections.nCopies(2_000, entry));
                bytes += 2_000 * entry.length;
            }
        }
        long blocks = server.keys(BUCKET).stream()
                .filter(key -> key.endsWith(".seg"))
                .mapToLong(key -> (server.body(BUCKET, key).length + BLOCK - 1) / BLOCK)
                .sum();
        try (WalReader reader = JWal.openReader(config);
                Cursor cursor = reader.cursor(1)) {
            server.requests().clear();
            long entries = 0;
            while (cursor.next()) {
                entries++;
            }

            assertThat(entries).isEqualTo(bytes / entry.length);
        }
        long gets = server.requests().count(S3Operation.GET);
        System.out.printf("%d blocks scanned with %d requests%n", blocks, gets);
        assertThat(gets).isLessThanOrEqualTo(blocks * 11 / 10);
    }

    @Test
    void aWaitingFollowerPollsWithGetAlone() {
        WalConfig config = config().build();
        try (Wal wal = JWal.open(config)) {
            wal.append(new byte[10]);
            try (WalReader reader = JWal.openReader(config);
                    Cursor cursor = reader.cursor(1)) {
                assertThat(cursor.next()).isTrue();
                server.requests().clear();
                assertThat(cursor.next(Duration.ofMillis(2_500))).isFalse();
                wal.append(new byte[11]);
                assertThat(cursor.next(Duration.ofSeconds(20))).isTrue();
            }
            System.out.println(
                    "a follower's polls of some 3 s: " + server.requests().counts());
            assertThat(server.requests().counts()).containsOnlyKeys(S3Operation.GET, S3Operation.PUT);
        }
    }
}
