package io.jwal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sync fails, as it does on a dying disk: the log ends, and opened again it is whole. */
class FailedSyncTest {
    private final CrashMedium medium = new CrashMedium();

    private Wal open() {
        return JWal.open(WalConfig.builder()
                .store(medium.open())
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofKibibytes(1))
                .maxBatch(ByteSize.ofKibibytes(4))
                .commitMaxBytes(ByteSize.ofKibibytes(4))
                .build());
    }

    private static byte[] content(long index) {
        return ("entry " + index + ".".repeat(500)).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
    void theLogIsOpenedAgainAfterAFailedSync(long nth) {
        long acknowledged = appendUntilFailure(nth, 0);
        medium.faults().clear();
        long again = appendUntilFailure(nth + 1, acknowledged);
        medium.faults().clear();
        medium.crash(nth); // a power cut takes what no sync covered

        try (Wal wal = open()) {
            assertThat(wal.lastIndex()).isGreaterThanOrEqualTo(again);
            for (long index = 1; index <= wal.lastIndex(); index++) {
                assertThat(wal.read(index)).isEqualTo(content(index));
            }
            assertThat(wal.append(content(wal.lastIndex() + 1))).isEqualTo(wal.lastIndex());
        }
    }

    /** Opens the log, which may fail too, and appends until a sync fails; the last index that was acknowledged. */
    private long appendUntilFailure(long nth, long before) {
        long last = before;
        medium.faults().fail(StoreOperation.SYNC, nth, Fault.ioError());
        try (Wal wal = open()) {
            last = wal.lastIndex();
            assertThat(last).isGreaterThanOrEqualTo(before);
            while (last < before + 100) {
                last = wal.append(content(last + 1));
            }
        } catch (WalException failed) {
            assertThat(failed).hasMessageNotContaining("corrupt");
        }
        return last;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterAFailedSyncNothingIsAcceptedAndWhatWasDurableIsRead(boolean asynchronously) {
        try (Wal wal = open()) {
            wal.append(content(1));
            medium.faults().fail(StoreOperation.SYNC, 1, Fault.ioError());
            for (int attempt = 0; attempt < 3; attempt++) {
                if (asynchronously) {
                    assertThatThrownBy(() -> wal.appendAsync(content(2)).join())
                            .hasCauseInstanceOf(WalFailedException.class);
                } else {
                    assertThatThrownBy(() -> wal.append(content(2))).isInstanceOf(WalFailedException.class);
                }
            }
            assertThat(wal.durableIndex()).isEqualTo(1);
            assertThat(wal.read(1)).isEqualTo(content(1));
        }
        try (Wal wal = open()) {
            assertThat(wal.lastIndex()).isBetween(1L, 2L);
            assertThat(wal.read(1)).isEqualTo(content(1));
        }
    }
}
