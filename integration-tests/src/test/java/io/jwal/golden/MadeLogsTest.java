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
import io.jwal.store.file.HeapDisk;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine of today leaves behind is what the golden logs say, in another boot and in the same one. */
class MadeLogsTest {
    private static final byte[] ANOTHER_BOOT = "some other boot.".getBytes(UTF_8);

    static Stream<Arguments> logs() {
        Collection<GoldenLog> made = GoldenLogs.make().values();
        // Within a boot nothing is read that is older than what was written, so there WATERMARK is never stale.
        return Stream.concat(
                made.stream().map(log -> Arguments.of(log, false)),
                made.stream()
                        .filter(log -> !log.name().equals("stale-watermark"))
                        .map(log -> Arguments.of(log, true)));
    }

    @ParameterizedTest(name = "{0}, in the same boot: {1}")
    @MethodSource("logs")
    void isReadAndGoesOn(GoldenLog log, boolean sameBoot) {
        HeapDisk disk = new HeapDisk(log.files()).boot(sameBoot ? Script.GOLDEN_BOOT : ANOTHER_BOOT);
        try (WalReader reader = JWal.openReader(config(disk, OnCorruption.REFUSE))) {
            Holding.assertHolds(reader, log);
        }
        if (log.corrupt()) {
            assertThatThrownBy(() -> JWal.open(config(disk, OnCorruption.REFUSE)))
                    .isInstanceOf(CorruptLogException.class);
        }
        GoldenLog longer = log.sound();
        try (Wal wal = JWal.open(config(disk, log.corrupt() ? OnCorruption.SALVAGE : OnCorruption.REFUSE))) {
            Holding.assertHolds(wal, longer);
            byte[] more = "more".getBytes(UTF_8);
            assertThat(wal.append(more)).isEqualTo(log.last() + 1);
            long time = Holding.time(wal, log.last() + 1);
            longer.entries().put(log.last() + 1, new GoldenLog.Written(time, more));
            Holding.assertHolds(wal, longer);
        }
        try (WalReader reader = JWal.openReader(config(disk, OnCorruption.REFUSE))) {
            Holding.assertHolds(reader, longer);
        }
    }

    private static WalConfig config(HeapDisk disk, OnCorruption onCorruption) {
        return WalConfig.builder()
                .store(disk.store(true))
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofMebibytes(1))
                .maxBatch(ByteSize.ofMebibytes(4))
                .onCorruption(onCorruption)
                .build();
    }
}
