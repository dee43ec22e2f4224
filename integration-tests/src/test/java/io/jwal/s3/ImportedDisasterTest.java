package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Cursor;
import io.jwal.FencedException;
import io.jwal.LogNotFoundException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.input.JdkSources;
import io.jwal.process.ChildJvm;
import io.jwal.s3.servers.RealS3;
import io.jwal.s3.servers.S3Server;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * {@code wal import} of real text into files that archive to a real S3, killed, its disk lost: what the archive has goes on
 * elsewhere. More with {@code -Djwal.disaster.megabytes=200}.
 */
@Timeout(1800)
class ImportedDisasterTest {
    private static final long BYTES = Long.getLong("jwal.disaster.megabytes", 10) * 1_000_000;
    private static final int PIECE = 64 << 10;

    @TempDir
    Path directory;

    private S3Server server;
    private String archive;
    private Path lines;

    @BeforeEach
    void start() throws IOException {
        lines = directory.resolve("lines");
        JdkSources.orSkip().writeTo(lines, BYTES);
        server = RealS3.server();
        String bucket = server.newBucketName(ImportedDisasterTest.class);
        try (S3Client client = S3Logs.client(server)) {
            client.createBucket(request -> request.bucket(bucket));
        }
        archive = """
                { "type": "s3", "bucket": "%s", "prefix": "lines", "endpoint": "%s", "region": "%s",
                  "accessKey": "%s", "secretKey": "%s" }
                """.formatted(bucket, server.endpoint(), server.region(), server.accessKey(), server.secretKey());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path config(String hot) throws IOException {
        return Files.writeString(directory.resolve(hot + ".json"), """
                {
                  "store": {
                    "type": "tiered",
                    "hot":     { "type": "file", "directory": "%s" },
                    "archive": %s,
                    "keepHot": { "bytes": "8MiB" },
                    "shipInterval": "500ms"
                  },
                  "segment": { "size": "%s" }
                }
                """.formatted(
                        directory.resolve(hot), archive, BYTES > 50_000_000 ? "16MiB" : "1MiB"));
    }

    private Path archiveAlone() throws IOException {
        return Files.writeString(directory.resolve("archive.json"), """
                { "store": { "type": "archive", "of": %s } }
                """.formatted(archive));
    }

    @Test
    void whatTheArchiveHasGoesOnElsewhere() throws Exception {
        long archived = importUntilKilled();
        Files.move(directory.resolve("hot"), directory.resolve("lost"));
        assertThatThrownBy(() -> JWal.open(config("hot")))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the hot store is empty");

        long goesOnAt;
        try (Wal wal = JWal.open(config("other"), OpenOption.takeover())) {
            assertThat(wal.lastIndex()).isGreaterThanOrEqualTo(archived);
            assertHoldsTheLines(wal);
            goesOnAt = wal.append("it goes on".getBytes(StandardCharsets.UTF_8));
        }
        try (WalReader reader = JWal.openReader(config("other"))) {
            assertThat(reader.lastIndex()).isEqualTo(goesOnAt);
            assertThat(reader.read(goesOnAt)).asString().isEqualTo("it goes on");
        }

        assertThatThrownBy(() -> JWal.open(config("lost"))) // it comes back
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another machine has taken the archive over");
        try (WalReader export = JWal.openReader(config("lost"))) {
            assertThat(export.lastIndex()).isGreaterThanOrEqualTo(archived);
            assertHoldsTheLines(export);
        }
    }

    /** Feeds the command nine tenths of the text, and kills it while it archives; the last index that was archived by then. */
    private long importUntilKilled() throws Exception {
        try (ChildJvm command = ChildJvm.start(
                        List.of("-Xmx256m"),
                        Class.forName("io.jwal.cli.Main"),
                        "import",
                        "--config",
                        config("hot"),
                        "-");
                InputStream text = Files.newInputStream(lines)) {
            long fed = feed(command, text, BYTES * 9 / 10);
            long archived = Awaitility.await()
                    .atMost(Duration.ofMinutes(15))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreException(LogNotFoundException.class) // the archive is not begun yet
                    .until(this::archivedIndex, index -> index > fed * 4 / 5);
            System.out.printf("killed with %d lines imported and %d of them archived%n", fed, archived);
            command.kill();
            command.exitCode();
            return archived;
        }
    }

    /** Gives the command so many bytes of text; the lines in them. */
    private static long feed(ChildJvm command, InputStream text, long bytes) throws IOException {
        long lines = 0;
        for (long left = bytes; left > 0; ) {
            byte[] piece = text.readNBytes((int) Math.min(left, PIECE));
            command.tell(piece);
            left -= piece.length;
            for (byte each : piece) {
                lines += each == '\n' ? 1 : 0;
            }
        }
        return lines;
    }

    private long archivedIndex() throws IOException {
        try (WalReader reader = JWal.openReader(archiveAlone())) {
            return reader.lastIndex();
        }
    }

    private void assertHoldsTheLines(WalReader log) throws IOException {
        assertThat(log.firstIndex()).isEqualTo(1);
        try (Cursor cursor = log.cursor(1);
                InputStream text = new BufferedInputStream(Files.newInputStream(lines), 1 << 20)) {
            for (long index = 1; index <= log.lastIndex(); index++) {
                assertThat(cursor.next()).isTrue();
                byte[] entry = cursor.entryBytes();
                if (!Arrays.equals(entry, text.readNBytes(entry.length)) || text.read() != '\n') {
                    throw new AssertionError("entry " + index + " is not line " + index);
                }
            }
        }
    }
}
