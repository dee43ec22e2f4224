package io.jwal.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.cli.Command;
import io.jwal.cli.Command.Outcome;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only looks, and the few commands that change a log without adding to it. */
class LookingCommandsTest {
    @TempDir
    Path scratch;

    private Command wal;

    @BeforeEach
    void writeALog() {
        wal = new Command(scratch.resolve("log"));
        wal.run("a\nb\nc\nd\ne\n".getBytes(UTF_8), "append");
    }

    private Wal open() {
        return JWal.open(
                WalConfig.builder().store(new FileStoreConfig(wal.directory())).build());
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(wal.directory().resolve("segments"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private void consume(String name, int entries) {
        try (Wal log = open();
                WalConsumer consumer = log.consumer(name)) {
            consumer.poll(entries, Duration.ZERO);
            consumer.commit();
        }
    }

    @Test
    void statSaysOfNoConsumerThatItIsAhead() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> consuming = CompletableFuture.runAsync(() -> {
            try (Wal log = open();
                    WalConsumer consumer = log.consumer("eager")) {
                while (!over.get()) {
                    log.append(new byte[0]);
                    consumer.poll(10, Duration.ZERO);
                    consumer.commit();
                }
            }
        });
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(wal.run("stat").out()).doesNotContainPattern("-\\d+ behind");
            }
        } finally {
            over.set(true);
        }
        consuming.get(30, TimeUnit.SECONDS);
    }

    @Test
    void statSaysWhatTheLogHolds() throws IOException {
        consume("billing", 3);
        assertThat(wal.run("stat").out())
                .contains("log       in directory " + wal.directory() + "\n")
                .contains("entries   5\n")
                .contains("index     1 to 5\n")
                .contains("durable   up to 5\n")
                .contains("epoch     2\n")
                .contains("segments  1 sealed, 0 open\n")
                .contains("consumer  billing at 4, 2 behind\n");
        JsonNode json = wal.run("stat", "--json").json();
        assertThat(json.get("store").asText()).isEqualTo("file");
        assertThat(json.get("first").asLong()).isEqualTo(1);
        assertThat(json.get("last").asLong()).isEqualTo(5);
        assertThat(json.get("entries").asLong()).isEqualTo(5);
        assertThat(json.get("durable").asLong()).isEqualTo(5);
        assertThat(json.get("segments").get("sealed").asLong()).isEqualTo(1);
        assertThat(json.get("bytes").asLong()).isPositive();
        assertThat(json.get("consumers").get("billing").asLong()).isEqualTo(4);
    }

    @Test
    void statOfAnEmptyLogSaysWhereItGoesOn() {
        wal.run("truncate", "--before=6");
        assertThat(wal.run("stat").out()).contains("index     none yet; the next one is 6\n");
    }

    @Test
    void inspectShowsManifestSegmentsAndBatches() throws IOException {
        String segment = segment().getFileName().toString().replace(".seg", "");
        assertThat(wal.run("inspect").out())
                .contains("epoch          1\n")
                .contains(segment + "  sealed")
                .doesNotContain("OFFSET");
        assertThat(wal.run("inspect", "--batches").out()).containsPattern("\n +64 +\\d+ +1 +\\d+ +\\d+ +0 ");
        JsonNode json = wal.run("inspect", "--batches", "--json", "--segment=" + segment)
                .json();
        JsonNode only = json.get("segments").get(0);
        assertThat(only.get("id").asText()).isEqualTo(segment);
        assertThat(only.get("state").asText()).isEqualTo("sealed");
        assertThat(only.get("last").asLong()).isEqualTo(5);
        assertThat(only.get("batches").get(0).get("offset").asLong()).isEqualTo(64);
        assertThat(only.get("batches").get(0).get("sound").asBoolean()).isTrue();
        assertThat(wal.run("inspect", "--segment=0000000000000009-00000001").code())
                .isEqualTo(8);
        assertThat(wal.run("inspect", "--segment=x").code()).isEqualTo(2);
    }

    @Test
    void inspectShowsALogThatIsBeingWritten() throws IOException {
        try (Wal log = open()) {
            log.append("f".getBytes(UTF_8));
            JsonNode segments = wal.run("inspect", "--json").json().get("segments");
            assertThat(segments.get(segments.size() - 1).get("state").asText()).isEqualTo("open");
            assertThat(segments.get(segments.size() - 1).get("last").asLong()).isEqualTo(6);
        }
    }

    @Test
    void inspectShowsWhatIsMissing() throws IOException {
        Files.delete(segment());
        Outcome done = wal.run("inspect", "--batches");
        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("the manifest names it, but it is missing");
        assertThat(wal.run("inspect", "--json", "--batches")
                        .json()
                        .at("/segments/0/problem")
                        .asText())
                .contains("missing");
    }

    @Test
    void verifyFindsNothingInASoundLog() throws IOException {
        Outcome sound = wal.run("verify");
        assertThat(sound.code()).isZero();
        assertThat(sound.out())
                .contains("first     1\nlast      5\nentries   5\n")
                .containsPattern("digest    sha256 [0-9a-f]{64}\n")
                .endsWith("problems  none\n");
        JsonNode json = wal.run("verify", "--json").json();
        assertThat(json.get("entries").asLong()).isEqualTo(5);
        assertThat(json.get("problemCount").asLong()).isZero();
        assertThat(sound.out()).contains(json.get("digest").asText());
    }

    @Test
    void verifyNamesEveryDamageByItsPlace() throws IOException {
        byte[] bytes = Files.readAllBytes(segment());
        bytes[64 + 40 + 8] ^= 1;
        Files.write(segment(), bytes);
        Outcome damaged = wal.run("verify");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.out())
                .startsWith("problem: segment 0000000000000001-00000001, offset 104, index 1: the checksum")
                .contains("digest    none: not every entry can be read")
                .endsWith("problems  1\n");
        JsonNode json = wal.run("verify", "--json").json();
        assertThat(json.get("digest").isNull()).isTrue();
        JsonNode problem = json.get("problems").get(0);
        assertThat(problem.get("offset").asLong()).isEqualTo(104);
        assertThat(problem.get("index").asLong()).isEqualTo(1);
        assertThat(problem.get("segment").asText()).isEqualTo("0000000000000001-00000001");
    }

    @Test
    void truncateDropsEntriesAtEitherEnd() {
        assertThat(wal.run("truncate", "--before=3", "--dry-run").out())
                .isEqualTo("would drop 2 entries, index 1 to 2; the log would then hold 3 to 5\n");
        assertThat(wal.run("truncate", "--before=3").out())
                .isEqualTo("dropped 2 entries, index 1 to 2; the log now holds 3 to 5\n");
        assertThat(wal.run("truncate", "--after=4").out())
                .isEqualTo("dropped 1 entry, index 5 to 5; the log now holds 3 to 4\n");
        assertThat(wal.run("truncate", "--before=2").out()).isEqualTo("dropped nothing; the log now holds 3 to 4\n");
        assertThat(wal.run("cat").out()).isEqualTo("c\nd\n");
        assertThat(wal.run("truncate", "--after=2").out())
                .isEqualTo("dropped 2 entries, index 3 to 4; the log is empty and goes on at 3\n");
    }

    @Test
    void truncateRefusesWhatIsOutsideOfTheLog() {
        assertThat(wal.run("truncate", "--before=7").code()).isEqualTo(8);
        assertThat(wal.run("truncate", "--before=7", "--dry-run").code()).isEqualTo(8);
        assertThat(wal.run("truncate", "--after=-1").code()).isEqualTo(8);
        assertThat(wal.run("truncate").code()).isEqualTo(2);
        assertThat(wal.run("truncate", "--before=1", "--after=2").code()).isEqualTo(2);
        assertThat(new Command(scratch.resolve("none"))
                        .run("truncate", "--before=1")
                        .code())
                .isEqualTo(7);
        assertThat(scratch.resolve("none")).doesNotExist();
        assertThat(wal.run("cat").out()).hasLineCount(5);
    }

    @Test
    void consumersAreListedAndRemoved() throws IOException {
        assertThat(wal.run("consumers").out()).isEqualTo("no consumers\n");
        consume("billing", 3);
        consume("audit log", 5);
        assertThat(wal.run("consumers").out()).isEqualTo("""
                CONSUMER   NEXT INDEX  BEHIND
                audit log  6           0
                billing    4           2
                """);
        JsonNode json = wal.run("consumers", "--json").json();
        assertThat(json.get(1).get("name").asText()).isEqualTo("billing");
        assertThat(json.get(1).get("next").asLong()).isEqualTo(4);
        assertThat(json.get(1).get("behind").asLong()).isEqualTo(2);
        assertThat(wal.run("consumers", "remove", "billing").out()).isEqualTo("removed billing\n");
        assertThat(wal.run("consumers", "--json").json()).hasSize(1);
        Outcome unknown = wal.run("consumers", "remove", "billing");
        assertThat(unknown.code()).isEqualTo(8);
        assertThat(unknown.err()).contains("no consumer \"billing\"; there are audit log");
        assertThat(Command.runAsIs("consumers", "remove", "audit log", "--dir=" + wal.directory())
                        .out())
                .isEqualTo("removed audit log\n");
    }

    @Test
    void whatOnlyLooksChangesNothing() throws IOException {
        String before = content();
        for (String command : new String[] {"stat", "inspect", "verify", "cat", "tail", "consumers"}) {
            assertThat(wal.run(command).code()).isZero();
        }
        assertThat(wal.run("truncate", "--before=3", "--dry-run").code()).isZero();
        assertThat(content()).isEqualTo(before);
    }

    private String content() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(wal.directory())) {
            for (Path file : files.sorted().toList()) {
                all.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append(Files.isRegularFile(file) ? " " + Files.size(file) : "")
                        .append('\n');
            }
        }
        return all.toString();
    }
}
