package io.jwal.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.LogNotFoundException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buckets and prefixes that hold more than one log's objects. */
class ForeignObjectsTest {
    private static final byte[] ENTRY = new byte[900];

    private FakeS3 server;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WalConfig config(String prefix) {
        return S3Logs.config(server, "logs", prefix)
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }

    private void run(String prefix, int entries) {
        try (Wal wal = JWal.open(config(prefix))) {
            for (int i = 0; i < entries; i++) {
                wal.append(ENTRY);
            }
        }
    }

    @Test
    void whatIsNotTheLogsIsLeftAlone() {
        List<String> foreign = List.of(
                "readme.txt",
                "orders",
                "orders/readme.txt",
                "orders/segments/readme.txt",
                "orders/segments/0000000000000001-00000001.seg.bak",
                "orders/segments/0000000000000001-00000001/0000000a.part",
                "orders/segments/0000000000000001-00000001/00000000.part",
                "orders/segments/0000000000000009-0000000g.seg",
                "orders/registers/manifest.old",
                "orders/probe-of-mine",
                "orders2/segments/0000000000000001-00000001.seg");
        run("orders", 20);
        foreign.forEach(key -> server.put("logs", key, key.getBytes(UTF_8)));
        run("orders", 20);
        try (Wal wal = JWal.open(config("orders"))) {
            assertThat(wal.lastIndex()).isEqualTo(40);
            wal.truncateBefore(41);
            assertThat(wal.append(ENTRY)).isEqualTo(41);
        }

        for (String key : foreign) {
            assertThat(server.body("logs", key)).asString().isEqualTo(key);
        }
    }

    @Test
    void logsWhosePrefixesBeginAlikeAreStrangers() {
        List<String> prefixes = List.of("", "orders", "orders2", "orders/segments", "orders/eu");
        for (String prefix : prefixes) {
            run(prefix, 10);
        }
        for (String prefix : prefixes) {
            try (Wal wal = JWal.open(config(prefix))) {
                wal.truncateBefore(wal.lastIndex() + 1);
            }
            for (String other : prefixes) {
                try (Wal wal = JWal.open(config(other))) {
                    assertThat(wal.lastIndex()).as(other).isEqualTo(10);
                    boolean emptied = prefixes.indexOf(other) <= prefixes.indexOf(prefix);
                    assertThat(wal.isEmpty()).as(other).isEqualTo(emptied);
                    for (long index = wal.firstIndex(); index <= wal.lastIndex(); index++) {
                        assertThat(wal.read(index)).isEqualTo(ENTRY);
                    }
                }
            }
        }
    }

    @Test
    void wherePartOfALogIsThereIsNoNewOne() {
        run("orders", 10);
        List<String> before = server.keys("logs");
        byte[] manifest = server.body("logs", "orders/registers/manifest");
        server.drop("logs", "orders/registers/manifest");

        assertThatThrownBy(() -> JWal.open(config("orders")))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("there is no manifest, but there are")
                .hasMessageContaining("restore the register \"manifest\" from a backup");
        assertThatThrownBy(() -> JWal.openReader(config("orders"))).isInstanceOf(CorruptLogException.class);

        server.put("logs", "orders/registers/manifest", manifest);
        assertThat(server.keys("logs")).isEqualTo(before);
        run("orders", 1);
    }

    @Test
    void whatIsNoLogIsNoLogToAReader() {
        server.put("logs", "orders/readme.txt", ENTRY);

        assertThatThrownBy(() -> JWal.openReader(config("orders"))).isInstanceOf(LogNotFoundException.class);

        assertThat(server.keys("logs")).containsExactly("orders/readme.txt");
    }
}
