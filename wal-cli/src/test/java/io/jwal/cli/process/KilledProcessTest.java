package io.jwal.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.cli.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in the middle keeps what it has promised. */
@DisabledOnOs(OS.WINDOWS)
class KilledProcessTest {
    @TempDir
    Path scratch;

    private Script shell;
    private Command wal;

    @BeforeEach
    void openShell() throws IOException {
        shell = new Script(scratch);
        wal = new Command(scratch.resolve("data"));
    }

    @Test
    void whatWasAcknowledgedIsThereAfterKill9() throws Exception {
        long last = 0;
        for (int round = 1; round <= 3; round++) {
            Process append = shell.start("exec wal append --ack");
            try (OutputStream input = append.getOutputStream();
                    BufferedReader output = new BufferedReader(new InputStreamReader(append.getInputStream(), UTF_8))) {
                for (int i = 0; i < 50 * round; i++) {
                    input.write(("entry " + (last + 1) + "\n").getBytes(UTF_8));
                    input.flush();
                    last++;
                    assertThat(output.readLine()).isEqualTo("ACK " + last);
                }
                append.destroyForcibly().waitFor();
            }
            assertThat(wal.run("cat").out()).isEqualTo(entries(last));
            assertThat(wal.run("verify").code()).isZero();
        }
    }

    private static String entries(long last) {
        return IntStream.rangeClosed(1, (int) last)
                .mapToObj(i -> "entry " + i + "\n")
                .collect(Collectors.joining());
    }

    /** An import that has taken all of its input so far and waits for more. */
    private Process startImport(int entries) throws IOException {
        Process importing = shell.start("exec wal import");
        importing.getOutputStream().write(entries(entries).getBytes(UTF_8));
        importing.getOutputStream().flush();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> wal.run("stat", "--json").json().get("last").asLong() > entries / 2);
        return importing;
    }

    @Test
    void anImportThatWasKilledGoesOnWhereItWas() throws Exception {
        startImport(100_000).destroyForcibly().waitFor();
        Files.writeString(scratch.resolve("lines"), entries(120_000));
        assertThat(shell.run("wal import --at 1 lines").out())
                .contains("were there already")
                .contains("to 120000, durable up to 120000");
        assertThat(wal.run("cat").out()).isEqualTo(entries(120_000));
    }

    @Test
    void anImportThatIsInterruptedSaysHowToGoOn() throws Exception {
        Process importing = startImport(100_000);
        importing.toHandle().destroy(); // SIGTERM; that of Process would close what we read from, too
        assertThat(new String(importing.getInputStream().readAllBytes(), UTF_8))
                .matches("wal: interrupted; index 1 to \\d+ is imported and durable; to go on, run the same import with"
                        + " --at 1\n");
        assertThat(importing.waitFor()).isEqualTo(143);
    }
}
