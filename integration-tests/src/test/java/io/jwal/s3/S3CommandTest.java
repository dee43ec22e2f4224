package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.process.ChildJvm;
import io.jwal.s3.servers.FakeS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command works on S3 with nothing but another configuration. */
class S3CommandTest {
    @TempDir
    Path directory;

    private FakeS3 server;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
        config = Files.writeString(directory.resolve("wal.json"), """
                {"store": {"type": "s3", "bucket": "logs", "prefix": "orders", "endpoint": "%s", "region": "%s",
                           "accessKey": "%s", "secretKey": "%s", "pollInterval": "50ms"},
                 "commit": {"maxDelay": "5ms"}}
                """.formatted(
                        server.endpoint(), server.region(), server.accessKey(), server.secretKey()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChildJvm begin(String command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(command, "--config", config.toString()));
        all.addAll(List.of(arguments));
        return ChildJvm.start(Class.forName("io.jwal.cli.Main"), all.toArray());
    }

    private List<String> run(int code, String command, String... arguments) throws Exception {
        try (ChildJvm child = begin(command, arguments)) {
            List<String> said = child.remainingLines();
            assertThat(child.exitCode()).as("%s said %s", command, said).isEqualTo(code);
            return said;
        }
    }

    @Test
    void importsPrintsFollowsVerifiesAndCounts() throws Exception {
        List<String> lines = IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> "line " + i + " of a file")
                .toList();
        Path file = Files.write(directory.resolve("lines"), lines);

        run(0, "import", file.toString());
        assertThat(run(0, "cat")).isEqualTo(lines);
        try (ChildJvm follower = begin("tail", "-f", "-n", "1")) {
            assertThat(follower.line()).isEqualTo("line 5000 of a file");
            run(0, "append", "one more");
            assertThat(follower.line()).isEqualTo("one more");
        }
        assertThat(run(0, "verify"))
                .anySatisfy(line -> assertThat(line).matches("entries +5001"))
                .anySatisfy(line -> assertThat(line).matches("problems +none"));
        assertThat(run(0, "stat")).anySatisfy(line -> assertThat(line).contains("requests.GetObject"));
    }

    @Test
    void tellsWhatIsLeftBehindAndWhatIsDamaged() throws Exception {
        run(0, "append", "one", "two");
        server.put("logs", "orders/segments/0000000000000001-0000ffff/00000001.part", new byte[100]);
        assertThat(run(0, "verify"))
                .anySatisfy(line -> assertThat(line).contains("0000000000000001-0000ffff", "left behind"));

        String sealed = server.keys("logs").stream()
                .filter(key -> key.endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        server.flipBit("logs", sealed, 8L * 110);
        assertThat(run(1, "verify"))
                .anySatisfy(line -> assertThat(line).startsWith("problem: ").contains(sealed));
    }
}
