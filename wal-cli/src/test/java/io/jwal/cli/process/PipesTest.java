package io.jwal.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command among others in a shell. */
@DisabledOnOs(OS.WINDOWS)
class PipesTest {
    @TempDir
    Path scratch;

    private Script shell;

    @BeforeEach
    void openShell() throws IOException {
        shell = new Script(scratch);
    }

    @Test
    void whatGoesInThroughAPipeComesOutThroughOne() throws Exception {
        assertThat(shell.run(
                        "seq 300000 >numbers && cat numbers | wal import --summary=none && wal cat | cmp - numbers"))
                .isEqualTo(new Script.Outcome(0, ""));
    }

    @Test
    void aReaderThatHasEnoughEndsTheCommandQuietly() throws Exception {
        Script.Outcome head =
                shell.run("seq 300000 | wal import --summary=none; wal cat | head -n 2; echo ${PIPESTATUS[0]}");
        assertThat(head.out()).isEqualTo("1\n2\n0\n");
        assertThat(shell.run("wal cat --json | head -c 5; echo; echo ${PIPESTATUS[0]}")
                        .out())
                .isEqualTo("{\"ind\n0\n");
        assertThat(shell.run("wal cat | true; echo ${PIPESTATUS[0]}").out()).isEqualTo("0\n");
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        Script.Outcome full = shell.run("wal append x >/dev/null; wal cat >/dev/full");
        assertThat(full.code()).isEqualTo(6);
        assertThat(full.out()).isEqualTo("wal: cannot write to standard output: No space left on device\n");
    }

    @Test
    void defaultsToTheDirectoryDataAndTheEnvironment() throws Exception {
        assertThat(shell.run("wal append 'grün' && WAL_DIR=other wal append b && wal cat && wal cat -d other")
                        .out())
                .isEqualTo("""
                        appended 1 entry, index 1 to 1, durable
                        appended 1 entry, index 1 to 1, durable
                        grün
                        b
                        """);
        assertThat(scratch.resolve("data")).isDirectory();
        assertThat(scratch.resolve("other")).isDirectory();
    }

    @Test
    void anImportNeedsLittleMemoryWhateverTheSizeOfTheFile() throws Exception {
        Path file = scratch.resolve("large");
        byte[] line = ("x".repeat(999) + "\n").getBytes();
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[line.length * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(line, 0, block, i * line.length, line.length);
            }
            for (int i = 0; i < 80; i++) {
                out.write(block);
            }
        }
        Script.Outcome done = shell.run("JWAL_OPTS=-Xmx48m wal import --summary=none large"
                + " && JWAL_OPTS=-Xmx24m wal cat | cmp - large && JWAL_OPTS=-Xmx24m wal verify >verified; echo $?");
        assertThat(done.out()).isEqualTo("0\n");
        assertThat(scratch.resolve("verified")).content().contains("entries   80000\n");
    }
}
