package io.jwal.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jwal.cli.Command;
import io.jwal.cli.Command.Outcome;
import io.jwal.cli.Program;
import io.jwal.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    Path scratch;

    private Command wal;

    @BeforeEach
    void chooseDirectory() {
        wal = new Command(scratch.resolve("log"));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(scratch.resolve(name), content).toString();
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Test
    void storesEachLineAndSaysWhere() throws IOException {
        Outcome done = wal.run("import", file("lines", lines(1, 50_000)));
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isZero();
        assertThat(done.out())
                .matches("imported 50000 entries \\(.* KiB\\) in .* s: .*/s, .* entries/s\n"
                        + "index 1 to 50000, durable up to 50000\n");
        assertThat(wal.run("cat").out()).isEqualTo(lines(1, 50_000));
    }

    @Test
    void cutsAFileOfAnyBytesAndCatGivesItBack() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);
        bytes[bytes.length - 1] = 'x';
        Path file = Files.write(scratch.resolve("bytes"), bytes);
        assertThat(wal.run("import", file.toString()).out()).contains("cat --no-final-newline does not");
        assertThat(wal.run("cat", "--no-final-newline").bytes()).isEqualTo(bytes);
    }

    @Test
    void goesOnBehindWhatIsThere() throws IOException {
        wal.run("import", file("a", "1\n2"), file("b", "3\n"));
        Outcome more = wal.run("4\n5\n".getBytes(UTF_8), "import", "-");
        assertThat(more.out()).contains("imported 2 entries").contains("index 4 to 5, durable up to 5");
        assertThat(wal.run("cat").out()).isEqualTo("1\n2\n3\n4\n5\n");
    }

    @Test
    void readsStandardInputWithoutAFile() {
        assertThat(wal.run("a\n".getBytes(UTF_8), "import").code()).isZero();
        assertThat(wal.run("cat").out()).isEqualTo("a\n");
    }

    @Test
    void anEmptyFileIsNoEntry() throws IOException {
        Outcome done = wal.run("import", file("empty", ""));
        assertThat(done.code()).isZero();
        assertThat(done.out()).startsWith("imported 0 entries").doesNotContain("index");
        assertThat(wal.run("cat").bytes()).isEmpty();
    }

    @Test
    void takesFramesJsonAndWholeFiles() throws IOException {
        wal.run("\0\0\0\2ab\0\0\0\0".getBytes(UTF_8), "import", "--framed");
        wal.run("\1\0\0\0c".getBytes(UTF_8), "import", "--framed-le");
        wal.run("{\"text\":\"d\"}{\"base64\":\"/w==\"}".getBytes(UTF_8), "import", "--json");
        wal.run("import", "--whole-file", file("whole", "e\nf\n"), file("none", ""));
        assertThat(wal.run("cat", "--framed").bytesOut())
                .isEqualTo("\0\0\0\2ab\0\0\0\0\0\0\0\1c\0\0\0\1d\0\0\0\1\u00ff\0\0\0\4e\nf\n\0\0\0\0");
    }

    @Test
    void aSummaryForPrograms() throws IOException {
        JsonNode summary =
                wal.run("import", "--summary=json", file("lines", "a\nbb")).json();
        assertThat(summary.get("entries").asLong()).isEqualTo(2);
        assertThat(summary.get("first").asLong()).isEqualTo(1);
        assertThat(summary.get("last").asLong()).isEqualTo(2);
        assertThat(summary.get("durable").asLong()).isEqualTo(2);
        assertThat(summary.get("bytes").asLong()).isEqualTo(4);
        assertThat(summary.get("lastLineLacksNewline").asBoolean()).isTrue();
        assertThat(wal.run("import", "--summary", "none", file("lines", "c\n")).out())
                .isEmpty();
    }

    @Test
    void anInterruptedImportGoesOnWhereItWas() throws IOException {
        String file = file("lines", lines(1, 10_000));
        wal.run("append", "something else");
        wal.run(lines(1, 6_000).getBytes(UTF_8), "import");
        Outcome again = wal.run("import", "--at=2", file);
        assertThat(again.out())
                .contains("imported 4000 entries")
                .contains("6000 entries were there already")
                .contains("index 6002 to 10001, durable up to 10001");
        assertThat(wal.run("import", "--at=2", file).out()).contains("imported 0 entries");
        assertThat(wal.run("cat", "--from=2").out()).isEqualTo(lines(1, 10_000));
    }

    @Test
    void anImportDoesNotGoOnWithAnotherInput() throws IOException {
        wal.run("import", file("lines", lines(1, 10)));
        Outcome other = wal.run("import", "--at=1", file("other", "line 1\nline two\n"));
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .contains("other, line 2, byte 7: entry 2 of the log is another one")
                .hasLineCount(1);
        assertThat(wal.run("stat", "--json").json().get("last").asLong()).isEqualTo(10);
    }

    @Test
    void whatWasCutAwayIsNotImportedAgain() throws IOException {
        String file = file("lines", lines(1, 10));
        wal.run("import", file);
        wal.run("truncate", "--before=6");
        assertThat(wal.run("import", "--at=1", file).out()).contains("10 entries were there already");
        assertThat(wal.run("cat").out()).isEqualTo(lines(6, 10));
    }

    @Test
    void aNewLogMayBeginAnywhereAnyOtherGoesOnWithoutAGap() {
        byte[] input = "a\nb\n".getBytes(UTF_8);
        assertThat(wal.run(input, "import", "--at=100").out()).contains("index 100 to 101");
        Outcome gap = wal.run(input, "import", "--at=103");
        assertThat(gap.code()).isEqualTo(8);
        assertThat(gap.err()).contains("cannot begin at 103: the log holds 100 to 101");
        assertThat(wal.run(input, "import", "--at=0").code()).isEqualTo(8);
    }

    @Test
    void aLogIsCopiedWithItsIndexes() throws IOException {
        wal.run(lines(1, 3000).getBytes(UTF_8), "import");
        wal.run("truncate", "--before=1000");
        byte[] all = wal.run("cat", "--json").bytes();
        Command copy = new Command(scratch.resolve("copy"));
        assertThat(copy.run(all, "import", "--json", "--keep-index").code()).isZero();
        assertThat(copy.run("verify", "--json").json().get("digest"))
                .isEqualTo(wal.run("verify", "--json").json().get("digest"));
        assertThat(copy.run(all, "import", "--json", "--keep-index").out()).contains("imported 0 entries");
    }

    @Test
    void indexesThatDoNotFollowAreRefused() {
        wal.run("append", "a");
        byte[] input = "{\"index\":2,\"text\":\"b\"}\n{\"index\":4,\"text\":\"d\"}\n".getBytes(UTF_8);
        Outcome gap = wal.run(input, "import", "--json", "--keep-index");
        assertThat(gap.code()).isEqualTo(2);
        assertThat(gap.err())
                .contains("standard input, line 2, byte 23: it names index 4, but 3 comes next")
                .contains("index 2 to 2 is imported and durable; to go on, run the same import again");
        byte[] unnamed = "{\"text\":\"b\"}".getBytes(UTF_8);
        assertThat(wal.run(unnamed, "import", "--json", "--keep-index").err()).contains("it names no index");
    }

    @Test
    void aLineThatIsTooLongIsNamedAndWhatPrecedesItIsDurable() throws IOException {
        Path config = Files.writeString(scratch.resolve("wal.json"), """
                {"store": {"type": "file", "directory": "%s"}, "maxEntry": "1KiB"}
                """.formatted(wal.directory()));
        String file = file("lines", lines(1, 500) + "x".repeat(1025) + "\n" + lines(501, 600));
        Outcome done = Command.runAsIs("import", "--config=" + config, file);
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).isEmpty();
        assertThat(done.err())
                .isEqualTo(
                        "wal: " + file + ", line 501, byte 4392: the line is longer than the 1024 bytes that an entry"
                                + " may have; raise maxEntry in a configuration; index 1 to 500 is imported and durable; to go"
                                + " on, run the same import with --at 1" + System.lineSeparator());
        assertThat(wal.run("cat").out()).isEqualTo(lines(1, 500));
        file("lines", lines(1, 600));
        assertThat(Command.runAsIs("import", "--config=" + config, "--at=1", file)
                        .out())
                .contains("imported 100 entries");
    }

    @Test
    void brokenInputLeavesWhatPrecedesIt() {
        Outcome done = wal.run("\0\0\0\1a\0\0\0\5b".getBytes(UTF_8), "import", "--framed");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("standard input, entry 2, byte 5").contains("index 1 to 1 is imported");
        Outcome none = wal.run("{".getBytes(UTF_8), "import", "--json", "-");
        assertThat(none.err()).contains("line 1").contains("nothing was imported");
    }

    @Test
    void anInputThatCannotBeReadIsAFailure() {
        InputStream broken = new InputStream() {
            private int left = 6;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("the tape is torn");
                }
                return --left % 3 == 0 ? '\n' : 'x';
            }
        };
        Outcome done = wal.run(broken, "import");
        assertThat(done.code()).isEqualTo(6);
        assertThat(done.err()).contains("the tape is torn").contains("index 1 to 2 is imported and durable");
    }

    @Test
    void filesThatAreNoFilesAreNamedBeforeAnythingIsDone() throws IOException {
        String good = file("good", "a\n");
        Outcome missing = wal.run("import", good, scratch.resolve("none").toString());
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("none: there is no such file; nothing was imported");
        assertThat(wal.run("import", scratch.toString()).err()).contains("this is a directory");
        assertThat(wal.directory()).doesNotExist();
    }

    @Test
    void progressShowsOnATerminalAlone() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell plain = Shell.of(InputStream.nullInputStream(), out, err);
        Shell watched = new Shell(plain.in(), plain.out(), plain.err(), plain.environment(), true);
        String file = file("lines", lines(1, 1000));
        assertThat(new Program(watched).run("import", "--dir=" + wal.directory(), file))
                .isZero();
        assertThat(err.toString(UTF_8)).contains("import").contains("100%").contains("MiB");
        assertThat(out.toString(UTF_8)).startsWith("imported 1000 entries").doesNotContain("%");
    }

    @Test
    void optionsThatExcludeEachOtherAreMisuse() {
        assertThat(wal.run("import", "--keep-index").err()).contains("--keep-index goes with --json");
        assertThat(wal.run("import", "--json", "--keep-index", "--at=1").err()).contains("exclude each other");
        assertThat(wal.run("import", "--json", "--framed").code()).isEqualTo(2);
        assertThat(wal.run("import", "--config=x").err()).contains("--dir and --config exclude each other");
        assertThat(wal.run("import", "--at=x").err()).contains("--at").contains("x");
        assertThat(wal.directory()).doesNotExist();
    }
}
