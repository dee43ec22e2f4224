package io.jwal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.LogNotFoundException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy that is killed, again and again, goes on where it was, and is equal at the end. */
@Timeout(900)
class KilledCopyTest {
    private static final int ENTRIES = 6_000;
    private static final int FIRST = 501;
    private static final int KILLS = Integer.getInteger("jwal.copy.kills", 4);

    @TempDir
    Path directory;

    private static byte[] entry(long index) {
        byte[] bytes = new byte[4_000];
        new Random(index).nextBytes(bytes);
        return bytes;
    }

    private Path config(String name, String store) throws IOException {
        return Files.writeString(directory.resolve(name + ".json"), """
                { "store": %s, "segment": { "size": "1MiB" }, "maxBatch": "32KiB" }
                """.formatted(store));
    }

    private String files(String name) {
        return """
                { "type": "file", "directory": "%s" }""".formatted(directory.resolve(name));
    }

    @Test
    void aCopyGoesOnWhereItWasKilled() throws Exception {
        Path from = config("from", files("from"));
        fill(from);
        assertCopied(finish(to -> List.of("copy", "--from", from.toString(), "--to", to.toString())));
    }

    @Test
    void aRestoreGoesOnWhereItWasKilled() throws Exception {
        Path from = config("from", """
                { "type": "tiered", "hot": %s, "archive": %s, "shipInterval": "100ms" }""".formatted(files("hot"), files("archive")));
        fill(from);
        assertCopied(finish(to -> List.of("archive", "restore", "--config", from.toString(), "--to", to.toString())));
    }

    private static void fill(Path config) {
        try (Wal wal = JWal.open(config)) {
            List<byte[]> batch = new ArrayList<>();
            for (long index = 1; index <= ENTRIES; index++) {
                batch.add(entry(index));
                if (batch.size() == 5) {
                    wal.appendAll(batch);
                    batch.clear();
                }
            }
            wal.truncateBefore(FIRST);
            wal.setProperty("term", new byte[] {7});
            try (WalConsumer consumer = wal.consumer("billing")) {
                consumer.seek(700);
                consumer.commit();
            }
        }
    }

    /**
     * Kills the command as often as said, each time when it has come further, and lets it end then. Where this process was
     * asleep when it should have killed, the copy has ended, and another one is begun.
     */
    private Path finish(Function<Path, List<String>> command) throws Exception {
        List<Long> killedAt = new ArrayList<>();
        int begun = 1;
        Path to = config("to", files("to"));
        while (killedAt.size() < KILLS) {
            if (isKilled(command.apply(to), to, (long) ENTRIES * (killedAt.size() + 1) / (KILLS + 1))) {
                killedAt.add(lastIndex(to));
            } else {
                assertCopied(to);
                killedAt.clear();
                to = config("to" + ++begun, files("to" + begun));
            }
        }
        try (ChildJvm child = start(command.apply(to))) {
            List<String> said = child.remainingLines();
            assertThat(child.exitCode()).as("it said %s", said).isZero();
            assertThat(said).singleElement().asString().contains("the others were there");
        }
        System.out.printf("killed at %s of %d entries, of copy %d%n", killedAt, ENTRIES, begun);
        return to;
    }

    private static ChildJvm start(List<String> command) throws IOException, ClassNotFoundException {
        return ChildJvm.start(Class.forName("io.jwal.cli.Main"), command.toArray());
    }

    private static boolean isKilled(List<String> command, Path to, long target) throws Exception {
        try (ChildJvm child = start(command)) {
            while (lastIndex(to) < target) {
                Thread.onSpinWait();
            }
            child.kill();
            return child.exitCode() != 0;
        }
    }

    private static long lastIndex(Path config) {
        try (WalReader reader = JWal.openReader(config)) {
            return reader.lastIndex();
        } catch (LogNotFoundException e) {
            return 0;
        }
    }

    private static void assertCopied(Path config) {
        try (WalReader copy = JWal.openReader(config);
                Cursor cursor = copy.cursor(FIRST)) {
            assertThat(copy.firstIndex()).isEqualTo(FIRST);
            assertThat(copy.lastIndex()).isEqualTo(ENTRIES);
            for (long index = FIRST; index <= ENTRIES; index++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.entryBytes()).as("entry %d", index).isEqualTo(entry(index));
            }
            assertThat(copy.propertyNames()).containsExactly("term");
            assertThat(copy.property("term"))
                    .hasValueSatisfying(value -> assertThat(value).containsExactly(7));
            assertThat(copy.consumers()).containsExactly(Map.entry("billing", 700L));
        }
    }
}
