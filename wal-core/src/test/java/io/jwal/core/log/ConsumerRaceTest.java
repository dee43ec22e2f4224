package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.OutcomeUnknownException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig.Retention;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Consumers that are opened, commit and are closed at the moment when the log is cut beside them. */
class ConsumerRaceTest {
    private static final int ROUNDS = 20_000;

    private final CrashMedium medium = new CrashMedium();

    @Test
    void oneThatIsOpenedWhileItsPositionIsLoweredSkipsNothing() throws Exception {
        try (Wal wal = open(medium)) {
            append(wal, 1, 20);
            try (WalConsumer consumer = wal.consumer("late")) {
                consumer.seek(15);
                consumer.commit();
            }
            Gate lowering =
                    medium.faults().block(StoreOperation.WRITE_REGISTER, 2); // of the state, behind the manifest
            Background<Boolean> cutting = Background.run(() -> wal.truncateAfter(5));
            lowering.awaitReached();
            Background<WalConsumer> opening =
                    Background.call(() -> wal.consumer("late")).awaitStuck();
            lowering.release();
            assertThat(cutting.result()).isTrue();
            append(wal, 6, 20);
            try (WalConsumer consumer = opening.result()) {
                assertThat(consumer.poll(Duration.ZERO))
                        .hasValueSatisfying(entry -> assertThat(entry.index()).isEqualTo(6));
            } catch (TruncatedException e) {
                assertThat(e.index()).isEqualTo(15); // it may have been opened before the cut
            }
        }
    }

    @Test
    void oneThatIsOpenedWhileRetentionCutsBeginsBehindThat() throws Exception {
        try (Wal wal = retainingLittle()) {
            Gate cutting = medium.faults().block(StoreOperation.WRITE_REGISTER, 1);
            Background<Boolean> retaining = Background.run(((WritingLog) wal)::retain);
            cutting.awaitReached();
            Background<WalConsumer> opening =
                    Background.call(() -> wal.consumer("new")).awaitStuck();
            cutting.release();
            assertThat(retaining.result()).isTrue();
            try (WalConsumer consumer = opening.result()) {
                assertThat(wal.firstIndex()).isEqualTo(3);
                assertThat(consumer.poll(Duration.ZERO)).isPresent();
            }
        }
    }

    /** Its start holds entries until its first commit does. */
    @Test
    void oneThatCommitsForTheFirstTimeIsWaitedForAllTheTime() throws Exception {
        try (Wal wal = retainingLittle()) {
            AtomicBoolean over = new AtomicBoolean();
            WalConsumer only = wal.consumer("c0");
            Background<Boolean> retaining = Background.run(() -> {
                while (!over.get()) {
                    ((WritingLog) wal).retain();
                }
            });
            for (int i = 1; i <= ROUNDS && wal.firstIndex() == 1; i++) {
                only.commit();
                WalConsumer next = wal.consumer("c" + i);
                only.close();
                wal.removeConsumer(only.name());
                only = next;
            }
            over.set(true);
            assertThat(retaining.failure()).isNull();
            assertThat(wal.firstIndex()).isEqualTo(1);
            only.close();
        }
    }

    @Test
    void oneThatIsOpenedWhileItIsRemovedIsOpenOrRefused() throws Exception {
        try (Wal wal = open(medium)) {
            wal.append(bytes("e1"));
            try (WalConsumer consumer = wal.consumer("gone")) {
                consumer.poll(Duration.ZERO);
                consumer.commit();
            }
            Gate removing = medium.faults().block(StoreOperation.WRITE_REGISTER, 1);
            Background<Boolean> remove = Background.run(() -> wal.removeConsumer("gone"));
            removing.awaitReached();
            Background<WalConsumer> opening =
                    Background.call(() -> wal.consumer("gone")).awaitStuck();
            removing.release();
            assertThat(remove.result()).isTrue();
            try (WalConsumer consumer = opening.result()) {
                assertThat(consumer.position()).isEqualTo(1);
                assertThatThrownBy(() -> wal.removeConsumer("gone")).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    /** Its thread seals segments and creates the next one, and appends wait for that. */
    @Test
    void retentionDoesNotWaitForAStoreThatWritesAPosition() throws Exception {
        try (Wal wal = retainingLittle()) {
            try (WalConsumer consumer = wal.consumer("gone")) {
                consumer.commit();
            }
            Gate removing = medium.faults().block(StoreOperation.WRITE_REGISTER, 1);
            Background<Boolean> remove = Background.run(() -> wal.removeConsumer("gone"));
            removing.awaitReached();
            Background<Boolean> retaining = Background.run(((WritingLog) wal)::retain);
            try {
                assertThat(retaining.result()).isTrue();
                assertThat(wal.firstIndex()).isEqualTo(1);
            } finally {
                removing.release();
            }
            assertThat(remove.result()).isTrue();
            ((WritingLog) wal).retain();
            assertThat(wal.firstIndex()).isEqualTo(3);
        }
    }

    @Test
    void retentionWritesNothingOnceTheLogHasFailed() throws Exception {
        try (Wal wal = retainingLittle()) {
            Gate cutting = medium.faults().block(StoreOperation.WRITE_REGISTER, 1);
            Background<Boolean> cut = Background.run(() -> wal.truncateBefore(2));
            cutting.awaitReached();
            Background<Boolean> retaining =
                    Background.run(((WritingLog) wal)::retain).awaitStuck();
            medium.faults().fail(StoreOperation.WRITE_REGISTER, 1, Fault.ioError());
            assertThatThrownBy(() -> wal.setProperty("name", bytes("value")))
                    .isInstanceOf(OutcomeUnknownException.class);
            cutting.release();
            assertThat(cut.result()).isTrue();
            assertThat(retaining.result()).isTrue();
            assertThat(wal.firstIndex()).isEqualTo(2);
        }
    }

    /** A log of three segments, of which retention keeps the last one; it looks by itself after a minute. */
    private Wal retainingLittle() {
        for (int i = 0; i < 3; i++) {
            try (Wal wal = open(medium)) {
                wal.append(new byte[3000]);
            }
        }
        return JWal.open(TestLogs.config(medium)
                .retention(new Retention(Duration.ofHours(1), ByteSize.ofKibibytes(4), true))
                .build());
    }
}
