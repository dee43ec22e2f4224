package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.process.ChildJvm;
import io.jwal.s3.servers.FakeS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory does not grow with a log on S3: it is filled and scanned by a process with a small heap.
 * {@code -Djwal.s3.megabytes=1024 -Djwal.s3.heap=256m} for the large one. How fast that was, against the bare SDK in the
 * same run, is printed.
 */
class S3LoadTest {
    private static final String MEGABYTES = System.getProperty("jwal.s3.megabytes", "96");
    private static final String HEAP = System.getProperty("jwal.s3.heap", "112m");
    private static final String BUCKET = "logs";

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aLargeLogIsFilledAndScannedWithinASmallHeap() throws Exception {
        try (FakeS3 server = FakeS3.start()) {
            server.createBucket(BUCKET);
            Path config = Files.writeString(directory.resolve("wal.json"), """
                    {"store": {"type": "s3", "bucket": "%s", "prefix": "log", "endpoint": "%s", "region": "%s",
                               "accessKey": "%s", "secretKey": "%s"}}
                    """.formatted(
                            BUCKET, server.endpoint(), server.region(), server.accessKey(), server.secretKey()));
            List<String> flags = List.of("-Xmx" + HEAP, "-XX:+ExitOnOutOfMemoryError");
            try (ChildJvm child = ChildJvm.start(
                    flags,
                    S3Load.class,
                    config,
                    MEGABYTES,
                    server.endpoint(),
                    server.region(),
                    server.accessKey(),
                    server.secretKey(),
                    BUCKET,
                    "log/")) {
                List<String> said = child.remainingLines();
                said.forEach(System.out::println);
                assertThat(child.exitCode()).isZero();
                assertThat(said).endsWith("DONE");
            }
        }
    }
}
