package io.jwal.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.WalConfig.OnCorruption;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every version reads the logs that lie in {@code src/test/resources/golden}, and everything that was written into them
 * is there. They were written in a boot that no machine has, so here they are always logs of another boot.
 *
 * <p>{@code mvn test -pl integration-tests -am -Dtest=GoldenLogsTest -Djwal.golden.make=true} makes them anew. Do that
 * for a new version of the format alone, into a folder of its own: those of a version that was released stay for ever.
 */
class GoldenLogsTest {
    @TempDir
    Path directory;

    static List<GoldenLog> logs() throws IOException {
        List<GoldenLog> logs = new ArrayList<>();
        for (String name : GoldenLog.names()) {
            logs.add(GoldenLog.load(name));
        }
        return logs;
    }

    private WalConfig config(OnCorruption onCorruption) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofMebibytes(1))
                .maxBatch(ByteSize.ofMebibytes(4))
                .onCorruption(onCorruption)
                .build();
    }

    private Map<String, ByteBuffer> bytesThere() throws IOException {
        Map<String, ByteBuffer> found = new HashMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.put(directory.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return found;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void isReadWithoutAChange(GoldenLog log) throws IOException {
        log.copyTo(directory);
        Map<String, ByteBuffer> before = bytesThere();
        try (WalReader reader = JWal.openReader(config(OnCorruption.REFUSE))) {
            Holding.assertHolds(reader, log);
        }
        assertThat(bytesThere()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void isOpenedAndGoesOn(GoldenLog log) throws IOException {
        log.copyTo(directory);
        if (log.corrupt()) {
            assertRefused(log);
        }
        try (Wal wal = JWal.open(config(log.corrupt() ? OnCorruption.SALVAGE : OnCorruption.REFUSE))) {
            Holding.assertHolds(wal, log.sound());
        }
        GoldenLog longer = log.sound();
        try (Wal wal = JWal.open(config(OnCorruption.REFUSE))) {
            Holding.assertHolds(wal, longer);
            assertThat(wal.append("more".getBytes(UTF_8))).isEqualTo(log.last() + 1);
            long time = Holding.time(wal, log.last() + 1);
            assertThat(time).isGreaterThanOrEqualTo(log.entries().isEmpty() ? 0 : Holding.time(wal, log.last()));
            longer.entries().put(log.last() + 1, new GoldenLog.Written(time, "more".getBytes(UTF_8)));
            Holding.assertHolds(wal, longer);
        }
        try (WalReader reader = JWal.openReader(config(OnCorruption.REFUSE))) {
            Holding.assertHolds(reader, longer);
        }
    }

    private void assertRefused(GoldenLog log) throws IOException {
        Map<String, ByteBuffer> before = bytesThere();
        assertThatThrownBy(() -> JWal.open(config(OnCorruption.REFUSE))).isInstanceOf(CorruptLogException.class);
        assertThat(bytesThere())
                .containsAllEntriesOf(before.entrySet().stream()
                        .filter(file -> file.getKey().startsWith("segments"))
                        .collect(HashMap::new, (map, file) -> map.put(file.getKey(), file.getValue()), Map::putAll));
        assertThat(log.corrupt()).isTrue();
    }

    @Test
    @EnabledIfSystemProperty(named = "jwal.golden.make", matches = "true")
    void makeThem() throws IOException {
        for (GoldenLog log : GoldenLogs.make().values()) {
            log.store(GoldenLog.ROOT);
        }
    }
}
