package io.jwal.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.cli.Command;
import io.jwal.cli.Command.Outcome;
import io.jwal.cli.Program;
import io.jwal.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {
    @TempDir
    Path scratch;

    private Command wal;

    @BeforeEach
    void writeALog() {
        wal = new Command(scratch.resolve("log"));
        wal.run("a\nb\nc\nd\ne\n".getBytes(UTF_8), "append");
    }

    @Test
    void catWritesARange() {
        assertThat(wal.run("cat").out()).isEqualTo("a\nb\nc\nd\ne\n");
        assertThat(wal.run("cat", "--from=4").out()).isEqualTo("d\ne\n");
        assertThat(wal.run("cat", "--to=2").out()).isEqualTo("a\nb\n");
        assertThat(wal.run("cat", "--from=2", "--to=4").out()).isEqualTo("b\nc\nd\n");
        assertThat(wal.run("cat", "--from=6").out()).isEmpty();
        assertThat(wal.run("cat", "--from=3", "--to=2").out()).isEmpty();
    }

    @Test
    void catRefusesWhatTheLogDoesNotHold() {
        wal.run("truncate", "--before=3");
        for (String[] range : new String[][] {{"--from=2"}, {"--from=7"}, {"--to=6"}, {"--from=5", "--to=3"}}) {
            String second = range.length > 1 ? range[1] : range[0];
            Outcome done = wal.run("cat", range[0], second);
            assertThat(done.code()).as(range[0]).isIn(2, 8);
            assertThat(done.bytes()).isEmpty();
        }
        assertThat(wal.run("cat", "--from=2").err()).contains("index 2 is outside of the log: it holds 3 to 5");
    }

    @Test
    void everyFormatIsWritten() {
        wal.run("truncate", "--after=2");
        assertThat(wal.run("cat", "--lines").out()).isEqualTo("a\nb\n");
        assertThat(wal.run("cat", "--no-final-newline").out()).isEqualTo("a\nb");
        assertThat(wal.run("cat", "--raw").out()).isEqualTo("ab");
        assertThat(wal.run("cat", "--framed").out()).isEqualTo("\0\0\0\1a\0\0\0\1b");
        assertThat(wal.run("cat", "--framed-le").out()).isEqualTo("\1\0\0\0a\1\0\0\0b");
        assertThat(wal.run("cat", "--json").out())
                .matches("\\{\"index\":1,\"time\":\".*Z\",\"text\":\"a\"}\n\\{\"index\":2,.*\n");
        assertThat(wal.run("cat", "--json", "--raw").code()).isEqualTo(2);
    }

    @Test
    void readWritesSingleEntriesInTheOrderAskedFor() {
        assertThat(wal.run("read", "5", "1", "1").out()).isEqualTo("e\na\na\n");
        assertThat(wal.run("read", "--raw", "2").out()).isEqualTo("b");
        Outcome missing = wal.run("read", "1", "9");
        assertThat(missing.code()).isEqualTo(8);
        assertThat(missing.out()).isEqualTo("a\n");
        assertThat(missing.err()).contains("there is no entry 9: it holds 1 to 5");
        assertThat(wal.run("read").code()).isEqualTo(2);
        assertThat(wal.run("read", "x").code()).isEqualTo(2);
    }

    @Test
    void tailWritesTheLast() {
        assertThat(wal.run("tail", "-n", "2").out()).isEqualTo("d\ne\n");
        assertThat(wal.run("tail", "-n0").out()).isEmpty();
        assertThat(wal.run("tail").out()).isEqualTo("a\nb\nc\nd\ne\n");
        assertThat(wal.run("tail", "-n", Long.toString(Long.MAX_VALUE)).out()).isEqualTo("a\nb\nc\nd\ne\n");
        assertThat(wal.run("tail", "-n", "-1").code()).isEqualTo(2);
    }

    @Test
    void tailFollowsUntilItsReaderHasEnough() throws Exception {
        Reader reader = new Reader();
        Shell shell = Shell.of(InputStream.nullInputStream(), reader, OutputStream.nullOutputStream());
        CompletableFuture<Integer> tail = CompletableFuture.supplyAsync(
                () -> new Program(shell).run("tail", "--dir=" + wal.directory(), "-n1", "-f"));
        Awaitility.await().until(() -> reader.text().equals("e\n"));
        wal.run("append", "f", "g");
        Awaitility.await().until(() -> reader.text().equals("e\nf\ng\n"));
        reader.closed = true;
        wal.run("append", "h");
        assertThat(tail.get(1, TimeUnit.MINUTES)).isZero();
    }

    /** Reads until it closes the pipe. */
    private static final class Reader extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile boolean closed;

        @Override
        public void write(int value) throws IOException {
            if (closed) {
                throw new IOException("Broken pipe");
            }
            bytes.write(value);
        }

        String text() {
            return bytes.toString(ISO_8859_1);
        }
    }

    @Test
    void tailSaysWhenWhatItFollowsIsCutAway() throws Exception {
        Reader reader = new Reader();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = Shell.of(InputStream.nullInputStream(), reader, err);
        CompletableFuture<Integer> tail = CompletableFuture.supplyAsync(
                () -> new Program(shell).run("tail", "--dir=" + wal.directory(), "-n1", "-f"));
        Awaitility.await().until(() -> reader.text().equals("e\n"));
        wal.run("truncate", "--after=2");
        assertThat(tail.get(1, TimeUnit.MINUTES)).isEqualTo(8);
        assertThat(err.toString(UTF_8)).contains("were cut away under this reader");
    }

    @Test
    void whatCouldBeReadComesBeforeTheDamage() throws IOException {
        Path segment;
        try (var files = Files.list(wal.directory().resolve("segments"))) {
            segment = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        int at = new String(bytes, ISO_8859_1).indexOf("c");
        while (bytes[at - 8] != 1) {
            at = new String(bytes, ISO_8859_1).indexOf("c", at + 1);
        }
        bytes[at] = 'X';
        Files.write(segment, bytes);
        Outcome done = wal.run("cat");
        assertThat(done.code()).isEqualTo(5);
        assertThat(done.out()).isEqualTo("a\nb\n");
        assertThat(done.err()).contains("entry 3 is damaged").hasLineCount(1);
        assertThat(wal.run("cat", "--from=4").out()).isEqualTo("d\ne\n");
    }

    @Test
    void aFullDiskIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = Shell.of(InputStream.nullInputStream(), full, err);
        assertThat(new Program(shell).run("cat", "--dir=" + wal.directory())).isEqualTo(6);
        assertThat(err.toString(UTF_8)).contains("cannot write to standard output: No space left on device");
    }
}
