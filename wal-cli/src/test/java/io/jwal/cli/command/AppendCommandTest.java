package io.jwal.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.cli.Command;
import io.jwal.cli.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendCommandTest {
    @TempDir
    Path scratch;

    private Command wal;

    @BeforeEach
    void chooseDirectory() {
        wal = new Command(scratch.resolve("log"));
    }

    @Test
    void argumentsAreEntries() {
        Outcome done = wal.run("append", "one", "", "@three", "vier \u00fc");
        assertThat(done.out()).isEqualTo("appended 4 entries, index 1 to 4, durable\n");
        assertThat(wal.run("cat").out()).isEqualTo("one\n\n@three\nvier \u00fc\n");
    }

    @Test
    void standardInputIsReadInEveryFormat() {
        assertThat(wal.run("a\nb".getBytes(UTF_8), "append").out())
                .isEqualTo("appended 2 entries, index 1 to 2, durable\n");
        assertThat(wal.run("{\"text\":\"c\"}".getBytes(UTF_8), "append", "--json")
                        .out())
                .isEqualTo("appended 1 entry, index 3 to 3, durable\n");
        assertThat(wal.run("d\ne\n".getBytes(UTF_8), "append", "--whole-file").code())
                .isZero();
        assertThat(wal.run("cat", "--raw").out()).isEqualTo("abcd\ne\n");
        assertThat(wal.run("append").out()).isEqualTo("nothing was appended\n");
    }

    @Test
    void eachEntryIsAcknowledgedWithItsIndex() {
        assertThat(wal.run("a\nb\n".getBytes(UTF_8), "append", "--ack").out()).isEqualTo("ACK 1\nACK 2\n");
        assertThat(wal.run("append", "--ack", "c").out()).isEqualTo("ACK 3\n");
    }

    @Test
    void anAcknowledgedEntryIsDurableWhateverTheConfiguration() throws Exception {
        Path config = Files.writeString(scratch.resolve("wal.json"), """
                {"store": {"type": "file", "directory": "%s"}, "durability": {"mode": "none"}}
                """.formatted(wal.directory()));
        assertThat(Command.runAsIs("append", "--config=" + config, "--ack", "x").out())
                .isEqualTo("ACK 1\n");
        assertThat(wal.run("stat", "--json").json().get("durable").asLong()).isEqualTo(1);
    }

    @Test
    void brokenInputLeavesWhatPrecedesIt() {
        Outcome done = wal.run("{\"text\":\"a\"}\n{".getBytes(UTF_8), "append", "--json");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("line 2").contains("appended 1 entry, index 1 to 1, durable");
        assertThat(wal.run("cat").out()).isEqualTo("a\n");
    }

    @Test
    void anArgumentThatIsTooLongIsNamed() throws Exception {
        Path config = Files.writeString(scratch.resolve("wal.json"), """
                {"store": {"type": "file", "directory": "%s"}, "maxEntry": 3}
                """.formatted(wal.directory()));
        Outcome done = Command.runAsIs("append", "--config=" + config, "abc", "abcd");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("argument 2: it is longer than the 3 bytes")
                .contains("appended 1 entry");
    }

    @Test
    void aFormatGoesWithStandardInputOnly() {
        Outcome done = wal.run("append", "--json", "{\"text\":\"a\"}");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("a format goes with standard input only");
    }
}
