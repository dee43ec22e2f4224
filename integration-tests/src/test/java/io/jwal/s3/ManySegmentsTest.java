package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.format.RegisterObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log of very many sealed segments: what it costs to open, to tidy and to cut. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ManySegmentsTest {
    private static final int SEGMENTS = 20_000;

    /** Each is deleted by requests of its own, so all of them take minutes. */
    private static final int DROPPED = Integer.getInteger("jwal.s3.dropped", 200);

    private static final int WITH_PARTS = 100;
    private static final int PAGE = 1_000;
    private static final Keys KEYS = new Keys("orders/");

    private FakeS3 server;
    private long started;

    @Test
    void ofTwentyThousandSegmentsOnlyTheListingGrows() throws IOException {
        try (FakeS3 fake = FakeS3.start()) {
            server = fake;
            server.createBucket("logs");
            WalConfig config = S3Logs.config(server, "logs", "orders").build();
            JWal.open(config).close();
            lay();

            begin();
            Wal wal = JWal.open(config);
            say("opening");
            assertThat(wal.lastIndex()).isEqualTo(SEGMENTS);
            assertThat(server.requests().count(S3Operation.GET)).isLessThan(10);
            assertThat(server.requests().count(S3Operation.LIST)).isLessThan(SEGMENTS / PAGE + 10);

            begin();
            wal.append(new byte[100]);
            wal.truncateBefore(DROPPED + 1);
            wal.close();
            say("appending, dropping " + DROPPED + " segments and tidying " + WITH_PARTS + ", closing");
            assertThat(server.keys("logs"))
                    .filteredOn(key -> key.endsWith(".seg"))
                    .hasSize(SEGMENTS - DROPPED + 1);
            assertThat(server.keys("logs"))
                    .as("parts of sealed segments are tidied")
                    .noneMatch(key -> key.endsWith(".part") && key.contains("0000000000000001-"));

            begin();
            try (WalReader reader = JWal.openReader(config)) {
                assertThat(reader.firstIndex()).isEqualTo(DROPPED + 1);
                assertThat(reader.lastIndex()).isEqualTo(SEGMENTS + 1);
            }
            say("opening for reading");
            assertThat(server.requests().counts()).containsOnlyKeys(S3Operation.GET);
        }
    }

    /** The objects of sealed segments of one entry each, which nobody reads, some of them not tidied yet. */
    private void lay() {
        List<LogManifest.Segment> segments = new ArrayList<>(SEGMENTS);
        for (int i = 1; i <= SEGMENTS; i++) {
            SegmentId id = new SegmentId(1, i);
            segments.add(new LogManifest.Segment(id, i, LogManifest.State.SEALED, i, i, 64 << 20, 1, 1));
            server.put("logs", KEYS.sealed(id), new byte[100]);
            if (i > SEGMENTS - WITH_PARTS) {
                server.put("logs", KEYS.part(id, 1), new byte[200]);
                server.put("logs", KEYS.part(id, 2), new byte[200]);
            }
        }
        LogManifest manifest = new LogManifest(1, 1, SEGMENTS, 0, List.of(), segments);
        ByteBuffer body = new RegisterObject(Nonce.random(), 1, manifest.encode()).encode();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        server.put("logs", KEYS.register(LogManifest.REGISTER), bytes);
    }

    private void begin() {
        server.requests().clear();
        started = System.nanoTime();
    }

    private void say(String what) {
        System.out.printf(
                "%d segments, %s: %d ms, %s%n",
                SEGMENTS,
                what,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                server.requests().counts());
    }
}
