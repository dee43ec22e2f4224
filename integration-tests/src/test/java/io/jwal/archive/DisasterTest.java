package io.jwal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Cursor;
import io.jwal.FencedException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A machine is lost while it writes: killed, and its hot directory taken away. More with
 * {@code -Djwal.disaster.megabytes=200}.
 */
class DisasterTest {
    private static final int ENTRY_BYTES = 2_000;
    private static final long MEGABYTES = Long.getLong("jwal.disaster.megabytes", 20);
    private static final long ENTRIES = MEGABYTES * 1_000_000 / ENTRY_BYTES;

    @TempDir
    Path directory;

    private String coding = PLAIN;

    /** What an entry holds follows from its index. */
    static byte[] entry(long index) {
        byte[] bytes = new byte[ENTRY_BYTES];
        new Random(index).nextBytes(bytes);
        Arrays.fill(bytes, 0, index % 2 == 0 ? 0 : ENTRY_BYTES / 2, (byte) 0); // some of it can be compressed
        return bytes;
    }

    private static final String PLAIN = "";
    private static final String BOTH = """
            "compression": "%s",
            "encryption": { "current": "new", "keys": [ { "id": "old", "key": "%s" }, { "id": "new", "key": "%s" } ] },
            """;

    static Stream<String> codings() {
        return Stream.of(PLAIN, BOTH.formatted("zstd", "0a".repeat(32), "0b".repeat(32)));
    }

    private Path config(String hot) throws IOException {
        return Files.writeString(directory.resolve(hot + ".json"), """
                {
                  "store": {
                    "type": "tiered",
                    "hot":     { "type": "file", "directory": "%s" },
                    "archive": { "type": "file", "directory": "%s" },
                    %s
                    "keepHot": { "bytes": "4MiB" },
                    "shipInterval": "200ms"
                  },
                  "segment": { "size": "2MiB" },
                  "maxBatch": "1MiB"
                }
                """.formatted(
                        directory.resolve(hot), directory.resolve("archive"), coding));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void allThatWasArchivedIsThereOnAnotherMachine(String asked) throws Exception {
        coding = asked;
        long archived = writeUntilKilled();
        Files.move(directory.resolve("hot"), directory.resolve("lost"));
        assertThatThrownBy(() -> JWal.open(config("hot")))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the hot store is empty");

        long goesOnAt;
        try (Wal wal = JWal.open(config("other"), OpenOption.takeover())) {
            assertThat(wal.firstIndex()).isEqualTo(1);
            assertThat(wal.lastIndex()).isGreaterThanOrEqualTo(archived);
            checkEntries(wal);
            goesOnAt = wal.append(entry(wal.lastIndex() + 1));
        }
        try (WalReader reader = JWal.openReader(config("other"))) {
            assertThat(reader.lastIndex()).isEqualTo(goesOnAt);
            assertThat(reader.read(goesOnAt)).isEqualTo(entry(goesOnAt));
        }

        assertThatThrownBy(() -> JWal.open(config("lost"))) // it comes back
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another machine has taken the archive over");
        try (WalReader export = JWal.openReader(config("lost"))) {
            assertThat(export.lastIndex()).isGreaterThanOrEqualTo(archived);
            checkEntries(export);
        }
    }

    /** Kills the writer half-way, whose heap is small; what it had said was archived by then. */
    private long writeUntilKilled() throws Exception {
        long archived = 0;
        try (ChildJvm writer =
                ChildJvm.start(List.of("-Xmx48m"), ArchivedWriter.class, config("hot"), Long.MAX_VALUE - 1)) {
            while (archived < ENTRIES) {
                String line = writer.line();
                assertThat(line).as("what the writer says").isNotNull();
                archived = Long.parseLong(line.split(" ")[1]);
            }
            writer.kill();
            writer.exitCode();
        }
        return archived;
    }

    private static void checkEntries(WalReader log) {
        try (Cursor cursor = log.cursor(log.firstIndex())) {
            for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.entryBytes()).as("entry %d", index).isEqualTo(entry(index));
            }
        }
    }
}
