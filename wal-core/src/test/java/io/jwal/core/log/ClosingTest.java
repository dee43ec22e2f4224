package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Closing while appends are under way. */
@ExtendWith(LogMediaResolver.class)
class ClosingTest {
    private final LogMedium medium;

    ClosingTest(LogMedia media) {
        medium = media.next();
    }

    @Test
    void nothingIsAcknowledgedBehindAnAppendThatFailedWhileTheLogWasClosed() throws Exception {
        Wal wal = open(medium);
        for (int i = 0; i < 3; i++) {
            wal.append(new byte[1000]); // more than half a segment, so the next one is named ahead
        }
        await().until(() -> wal.stats().segments().open() == 2);
        Gate gate = medium.faults().block(StoreOperation.APPEND, 1);
        medium.faults().fail(StoreOperation.APPEND, 1, Fault.ioError());
        Background<Long> failing = Background.call(() -> wal.append(bytes("failing")));
        gate.awaitReached();
        Background<Long> behind =
                Background.call(() -> wal.append(new byte[1000])).awaitStuck();
        Background<Boolean> closing = Background.run(wal::close).awaitStuck();
        gate.release();

        assertThat(failing.failure()).isInstanceOf(WalException.class);
        assertThat(behind.failure()).isInstanceOf(WalException.class);
        closing.failure();
        try (Wal again = open(medium)) {
            assertThat(again.lastIndex()).isEqualTo(3);
            assertThat(again.append(bytes("goes on"))).isEqualTo(4);
        }
    }

    @Test
    void theClaimIsGivenBackAlsoWhenSealingFails() {
        medium.locking(true);
        Wal wal = open(medium);
        wal.append(bytes("e1"));
        medium.faults().fail(StoreOperation.SEAL, 1, Fault.ioError());
        assertThatThrownBy(wal::close).isInstanceOf(WalException.class);
        try (Wal again = open(medium)) {
            assertThat(again.lastIndex()).isEqualTo(1);
        }
    }
}
