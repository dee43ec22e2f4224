package io.jwal.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.StoreSpec;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.tiered.ArchiveCompression;
import io.jwal.store.tiered.ArchiveEncryption;
import io.jwal.store.tiered.ArchiveKey;
import io.jwal.store.tiered.ArchiveReport;
import io.jwal.store.tiered.ArchiveStoreConfig;
import io.jwal.store.tiered.TieredStoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every version reads the archives that lie in {@code src/test/resources/golden-archives}: one in the clear, and one whose copies
 * lie there in every way there is. What their entries hold follows from the index, so nothing needs to be noted beside them.
 *
 * <p>{@code mvn test -pl integration-tests -am -Dtest=GoldenArchivesTest -Djwal.golden.make=true} makes them anew. Do that
 * for a new version of the format alone, into a folder of its own: those of a version that was released stay for ever.
 */
class GoldenArchivesTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden-archives", "v1");
    private static final long LAST = 13;
    private static final List<ArchiveKey> KEYS = List.of(
            new ArchiveKey("golden-1", new Secret("01".repeat(32)), null),
            new ArchiveKey("golden-2", new Secret("02".repeat(32)), null));

    @TempDir
    Path directory;

    /** Some are longer than a block of an archive, and become short by compression. */
    private static byte[] entry(long index) {
        return index % 5 == 0
                ? new byte[1_200_000]
                : ("entry " + index + " ").repeat(600).getBytes(UTF_8);
    }

    private static byte[] entry(String archive, long index) {
        return archive.equals("clear") ? ("entry " + index + " ").repeat(600).getBytes(UTF_8) : entry(index);
    }

    private StoreSpec file(String name) {
        return new StoreSpec("file", new FileStoreConfig(directory.resolve(name)));
    }

    private WalConfig config(StoreSpec store) {
        return WalConfig.builder()
                .store(store)
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofMebibytes(2))
                .maxBatch(ByteSize.ofMebibytes(4))
                .build();
    }

    private WalConfig tiered(
            String hot,
            @Nullable Duration shipInterval,
            ArchiveCompression compression,
            @Nullable ArchiveEncryption encryption) {
        return config(new StoreSpec(
                "tiered",
                new TieredStoreConfig(
                        file(hot),
                        file("archive"),
                        null,
                        null,
                        shipInterval,
                        null,
                        null,
                        null,
                        null,
                        compression,
                        encryption)));
    }

    private void copyGolden(String name) throws IOException {
        copy(ROOT.resolve(name), directory.resolve("archive"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(path).toString();
                if (!name.contains("/.") && !name.equals("LOCK")) {
                    Files.createDirectories(to.resolve(name).getParent());
                    Files.copy(path, to.resolve(name));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear", "coded"})
    void isReadAndTakenOver(String name) throws IOException {
        copyGolden(name);
        try (WalReader archive =
                JWal.openReader(config(new StoreSpec("archive", new ArchiveStoreConfig(file("archive"), KEYS))))) {
            assertHolds(archive, name);
        }
        ArchiveEncryption encryption = new ArchiveEncryption("golden-2", KEYS);
        WalConfig config = tiered("hot", null, ArchiveCompression.DEFLATE, encryption);
        try (Wal wal = JWal.open(config, OpenOption.takeover())) {
            assertHolds(wal, name);
            assertThat(wal.append(entry(name, LAST + 1))).isEqualTo(LAST + 1);
        }
        try (WalReader reader = JWal.openReader(config)) {
            assertThat(reader.read(LAST + 1)).isEqualTo(entry(name, LAST + 1));
        }
    }

    private static void assertHolds(WalReader log, String name) {
        assertThat(log.firstIndex()).isEqualTo(1);
        assertThat(log.lastIndex()).isEqualTo(LAST);
        for (long index = 1; index <= LAST; index++) {
            assertThat(log.read(index)).as("entry %d", index).isEqualTo(entry(name, index));
        }
        assertThat(log.property("term")).contains("7".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear", "coded"})
    void verifies(String name) throws IOException {
        copyGolden(name);
        try (var hot = config(file("hot")).openStore();
                var archive = config(file("archive")).openStore()) {
            ArchiveReport report = ArchiveReport.verify(hot, archive, KEYS, done -> {});
            assertThat(report.segments())
                    .hasSize(name.equals("clear") ? 3 : 6)
                    .allSatisfy(segment -> assertThat(segment.standing()).isEqualTo(ArchiveReport.Standing.FOUND));
            assertThat(report.keys()).isEqualTo(name.equals("clear") ? Map.of() : Map.of("golden-1", 2, "golden-2", 2));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "jwal.golden.make", matches = "true")
    void makeThem() throws IOException {
        Duration ship = Duration.ofMillis(10);
        append("clear", 12, tiered("clear", null, ArchiveCompression.NONE, null));
        finish("clear", tiered("clear", ship, ArchiveCompression.NONE, null));

        ArchiveEncryption first = new ArchiveEncryption("golden-1", KEYS);
        ArchiveEncryption second = new ArchiveEncryption("golden-2", KEYS);
        append("coded", 2, tiered("coded", null, ArchiveCompression.NONE, null));
        append("coded", 2, tiered("coded", null, ArchiveCompression.NONE, first));
        append("coded", 2, tiered("coded", null, ArchiveCompression.DEFLATE, null));
        append("coded", 2, tiered("coded", null, ArchiveCompression.ZSTD, first));
        append("coded", 4, tiered("coded", null, ArchiveCompression.DEFLATE, second));
        finish("coded", tiered("coded", ship, ArchiveCompression.ZSTD, second));
    }

    private static void append(String name, int count, WalConfig config) {
        try (Wal wal = JWal.open(config)) {
            for (int i = 0; i < count; i++) {
                wal.append(entry(name, wal.lastIndex() + 1));
            }
        }
    }

    /** With the last entry in a tail that was shipped. */
    private void finish(String name, WalConfig config) throws IOException {
        try (Wal wal = JWal.open(config)) {
            wal.setProperty("term", "7".getBytes(UTF_8));
            wal.append(entry(name, wal.lastIndex() + 1));
            Awaitility.await()
                    .until(() -> wal.stats().store().get("archive.last.index") == LAST
                            && wal.stats().store().get("archive.backlog.bytes") == 0);
            copy(directory.resolve("archive"), ROOT.resolve(name));
        }
        try (Stream<Path> all = Files.walk(directory.resolve("archive"))) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
