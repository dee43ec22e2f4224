package io.jwal.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.s3.servers.FakeS3;
import io.jwal.store.ByteSize;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A log on S3, from the first append to a reader elsewhere. */
class S3LogTest {
    @Test
    void entriesAreReadBackAfterRollsAndReopening() throws IOException {
        try (FakeS3 server = FakeS3.start()) {
            server.createBucket("logs");
            var config = S3Logs.config(server, "logs", "orders")
                    .segmentSize(ByteSize.ofKibibytes(64))
                    .build();
            try (Wal wal = JWal.open(config)) {
                for (int i = 1; i <= 500; i++) {
                    wal.append(("entry " + i + " " + "x".repeat(500)).getBytes(UTF_8));
                }
                assertThat(new String(wal.read(250), UTF_8)).startsWith("entry 250 ");
            }
            try (WalReader reader = JWal.openReader(config);
                    Cursor cursor = reader.cursor(1)) {
                for (int i = 1; i <= 500; i++) {
                    assertThat(cursor.next()).isTrue();
                    assertThat(new String(cursor.entryBytes(), UTF_8)).startsWith("entry " + i + " ");
                }
            }
        }
    }
}
