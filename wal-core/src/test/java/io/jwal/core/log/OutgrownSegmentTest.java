package io.jwal.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first segment after opening is expected to be small; here a writer turns out to mean it. */
class OutgrownSegmentTest {
    private static final int MEBIBYTE = 1 << 20;

    private final CrashMedium medium = new CrashMedium();

    @Test
    void aLogOfLargeAppendsGoesOnInASegmentThatIsSetAsideAsAWhole() {
        medium.traits(StoreTraits.localDefaults());
        try (Wal wal = openLarge()) {
            appendMebibytes(wal, 12);
            await().untilAsserted(
                            () -> assertThat(wal.stats().segments().open()).isEqualTo(2));
            wal.append(new byte[1]);
            await().untilAsserted(
                            () -> assertThat(wal.stats().segments().sealed()).isEqualTo(1));
        }
        try (Wal wal = openLarge()) {
            assertThat(wal.lastIndex()).isEqualTo(13);
            assertThat(wal.read(13)).hasSize(1);
        }
    }

    @Test
    void aLogOfSmallAppendsFillsItsSegment() {
        medium.traits(StoreTraits.localDefaults());
        try (Wal wal = openLarge()) {
            for (int i = 0; i < 600; i++) {
                wal.append(new byte[20 << 10]);
            }
        }
        assertThat(medium.faults().calls(StoreOperation.CREATE)).isEqualTo(1);
    }

    @Test
    void acrossANetworkNothingIsSetAsideAndTheSegmentIsFilled() {
        medium.traits(StoreTraits.remoteDefaults());
        try (Wal wal = openLarge()) {
            appendMebibytes(wal, 12);
        }
        assertThat(medium.faults().calls(StoreOperation.CREATE)).isEqualTo(1);
    }

    /** Space set aside spares what a sync costs; here nothing is synced for each append, and it would be written for nothing. */
    @ParameterizedTest
    @EnumSource(names = {"NONE", "INTERVAL"})
    void withoutASyncForEachAppendNothingIsSetAsideAndTheSegmentIsFilled(Durability durability) {
        medium.traits(StoreTraits.localDefaults());
        try (Wal wal = JWal.open(large().durability(durability).build())) {
            appendMebibytes(wal, 12);
            wal.sync();
        }
        assertThat(medium.faults().calls(StoreOperation.CREATE)).isEqualTo(1);
    }

    private Wal openLarge() {
        return JWal.open(large().build());
    }

    private WalConfig.Builder large() {
        return TestLogs.config(medium).segmentSize(ByteSize.ofMebibytes(64));
    }

    private static void appendMebibytes(Wal wal, int count) {
        for (int i = 0; i < count; i += 3) {
            wal.appendAll(Collections.nCopies(3, new byte[MEBIBYTE]));
        }
    }
}
