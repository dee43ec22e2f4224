package io.jwal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.cli.Command.Outcome;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    @TempDir
    Path scratch;

    @Test
    void helpListsCommandsAndExitCodes() {
        Outcome help = Command.runAsIs("--help");
        assertThat(help.code()).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(help.out()).containsPattern("\n  " + code.code() + " +" + Pattern.quote(code.meaning()));
        }
        assertThat(help.out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import",
                "append",
                "cat",
                "tail",
                "read",
                "stat",
                "inspect",
                "verify",
                "truncate",
                "consumers",
                "stores",
                "config"
            })
    void everyCommandIsListedAndHelps(String name) {
        assertThat(Command.runAsIs("--help").out()).containsPattern("\n  " + name + " +[A-Z]");
        Outcome help = Command.runAsIs(name, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .startsWith("Usage: wal " + name)
                .doesNotContain("${")
                .doesNotContain("$$");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Command.runAsIs("--version").out()).matches("wal \\d+\\.\\d+\\.\\d+.* \\(Java .*\\)\n");
        assertThat(Command.runAsIs("stat", "--version").code()).isZero();
    }

    @Test
    void misuseIsOneLineWithTheNextStep() {
        for (String[] wrong : List.of(
                new String[] {},
                new String[] {"stats"},
                new String[] {"stat", "--jsn"},
                new String[] {"cat", "--from"},
                new String[] {"cat", "surplus"})) {
            Outcome done = Command.runAsIs(wrong);
            assertThat(done.code()).as(Arrays.toString(wrong)).isEqualTo(2);
            assertThat(done.err()).startsWith("wal: ").contains("--help").hasLineCount(1);
            assertThat(done.bytes()).isEmpty();
        }
    }

    @Test
    void withoutALogWhatOnlyLooksSaysSoAndCreatesNone() {
        Command wal = new Command(scratch.resolve("none"));
        for (String command : List.of("cat", "tail", "stat", "inspect", "verify", "consumers")) {
            Outcome done = wal.run(command);
            assertThat(done.code()).as(command).isEqualTo(7);
            assertThat(done.err()).startsWith("wal: there is no log").hasLineCount(1);
        }
        assertThat(wal.run("read", "1").code()).isEqualTo(7);
        assertThat(wal.directory()).doesNotExist();
    }

    @Test
    void aLogThatIsBeingWrittenCanBeReadAndNotWritten() {
        Command wal = new Command(scratch.resolve("log"));
        try (Wal writer = JWal.open(
                WalConfig.builder().store(new FileStoreConfig(wal.directory())).build())) {
            writer.append("a".getBytes(UTF_8));
            assertThat(wal.run("cat").out()).isEqualTo("a\n");
            Outcome locked = wal.run("append", "b");
            assertThat(locked.code()).isEqualTo(3);
            assertThat(locked.err()).startsWith("wal: ").hasLineCount(1);
            assertThat(wal.run("truncate", "--before=1").code()).isEqualTo(3);
        }
        assertThat(wal.run("append", "b").code()).isZero();
    }

    @Test
    void aDamagedRegisterIsCorruption() throws IOException {
        Command wal = new Command(scratch.resolve("log"));
        wal.run("append", "a");
        Path manifest = wal.directory().resolve("registers/manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);
        for (String command : List.of("cat", "append", "stat", "inspect")) {
            Outcome done = wal.run(command);
            assertThat(done.code()).as(command).isEqualTo(5);
            assertThat(done.err()).contains("registers/manifest is damaged").hasLineCount(1);
        }
        Outcome verified = wal.run("verify");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).startsWith("problem: ").contains("registers/manifest is damaged");
    }

    @Test
    void aFileInThePlaceOfTheLogIsAFailure() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "x");
        Outcome done = new Command(file).run("append", "a");
        assertThat(done.code()).isEqualTo(6);
        assertThat(done.err()).startsWith("wal: ").hasLineCount(1);
    }

    @Test
    void verboseShowsTheStackTrace() {
        Command wal = new Command(scratch.resolve("none"));
        assertThat(wal.run("stat", "--verbose").err())
                .contains("LogNotFoundException")
                .contains("\tat ");
        assertThat(Command.runAsIs("--verbose", "stat", "--dir=" + wal.directory())
                        .err())
                .contains("\tat ");
    }

    @Test
    void theEnvironmentNamesTheLogWhenNoOptionDoes() throws IOException {
        Path other = scratch.resolve("other");
        Path config = Files.writeString(
                scratch.resolve("wal.json"), "{\"store\": {\"type\": \"file\", \"directory\": \"" + other + "\"}}");
        String log = scratch.resolve("log").toString();
        assertThat(inEnvironment(Map.of("WAL_DIR", log), "append", "a")).isZero();
        assertThat(inEnvironment(Map.of("WAL_DIR", log, "WAL_CONFIG", config.toString()), "append", "b"))
                .isZero();
        assertThat(inEnvironment(Map.of("WAL_CONFIG", config.toString()), "append", "--dir=" + log, "c"))
                .isZero();
        assertThat(new Command(Path.of(log)).run("cat").out()).isEqualTo("a\nc\n");
        assertThat(new Command(other).run("cat").out()).isEqualTo("b\n");
    }

    private static int inEnvironment(Map<String, String> environment, String... arguments) {
        Shell plain =
                Shell.of(InputStream.nullInputStream(), new ByteArrayOutputStream(), OutputStream.nullOutputStream());
        return new Program(new Shell(plain.in(), plain.out(), plain.err(), environment::get, false)).run(arguments);
    }
}
