package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Durability;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.core.JWal;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Truncation while others append, read, truncate and consume. */
@ExtendWith(LogMediaResolver.class)
class TruncationTest {
    private final LogMedium medium;

    TruncationTest(LogMedia media) {
        medium = media.next();
    }

    @Test
    void truncatingBehindTheEndChangesNothingForConsumers() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            try (WalConsumer consumer = wal.consumer("c")) {
                consumer.poll(4, Duration.ZERO);
                consumer.commit();
                wal.truncateAfter(Long.MAX_VALUE);
                assertThat(wal.consumers()).containsEntry("c", 5L);
                assertThat(consumer.poll(Duration.ZERO))
                        .hasValueSatisfying(entry -> assertThat(entry.index()).isEqualTo(5));
            }
        }
    }

    @Test
    void theStartNeverPassesAnEndThatWasLoweredMeanwhile() throws Exception {
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            Gate gate = medium.faults().block(StoreOperation.WRITE_REGISTER, 1);
            Background<Boolean> after = Background.run(() -> wal.truncateAfter(5));
            gate.awaitReached();
            Background<Boolean> before =
                    Background.run(() -> wal.truncateBefore(9)).awaitStuck();
            gate.release();
            after.result();
            assertThat(before.failure()).isInstanceOf(OutOfRangeException.class);

            assertThat(wal.firstIndex()).isEqualTo(1);
            long index = wal.append(bytes("new"));
            assertThat(index).isEqualTo(6);
            assertThat(wal.read(index)).isEqualTo(bytes("new"));
        }
    }

    @Test
    void consumersAreLoweredBeforeAppendsGoOn() throws Exception {
        Wal wal = open(medium);
        append(wal, 1, 10);
        try (WalConsumer consumer = wal.consumer("c")) {
            consumer.poll(10, Duration.ZERO);
            consumer.commit();
        }
        Gate gate = medium.faults().blockAfter(StoreOperation.WRITE_REGISTER, 1); // the manifest, with the cut
        Background<Boolean> cutting = Background.run(() -> wal.truncateAfter(5));
        gate.awaitReached();
        Gate clamping = medium.faults().block(StoreOperation.WRITE_REGISTER, 1); // then the state
        Background<Long> appending =
                Background.call(() -> wal.append(bytes("new"))).awaitStuck();
        gate.release();
        clamping.awaitReached();
        assertThat(wal.lastIndex()).isEqualTo(5);
        assertThat(appending.isDone()).isFalse();
        clamping.release();
        cutting.result();
        assertThat(appending.result()).isEqualTo(6);
        assertThat(wal.consumers()).containsEntry("c", 6L);
        wal.close();
    }

    @Test
    void aPositionThatIsCommittedDuringACutDoesNotPassTheEnd() throws Exception {
        Wal wal = open(medium);
        append(wal, 1, 10);
        WalConsumer consumer = wal.consumer("c");
        consumer.poll(8, Duration.ZERO);
        consumer.commit();
        consumer.poll(2, Duration.ZERO);
        Gate clamping = medium.faults().block(StoreOperation.WRITE_REGISTER, 2); // after the manifest, the state
        Background<Boolean> cutting = Background.run(() -> wal.truncateAfter(2));
        clamping.awaitReached();
        Background<Boolean> committing = Background.run(consumer::commit).awaitStuck();
        clamping.release();
        cutting.result();
        assertThat(committing.failure()).isInstanceOf(TruncatedException.class);
        assertThat(wal.consumers().get("c")).isEqualTo(3);
        append(wal, 3, 12);
        assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(TruncatedException.class);
        consumer.seek(11);
        consumer.commit();
        assertThat(wal.consumers().get("c")).isEqualTo(11);
        wal.close();
    }

    @Test
    void aSyncThatWaitsForACutFindsNothingWrong() throws Exception {
        try (Wal wal =
                JWal.open(TestLogs.config(medium).durability(Durability.NONE).build())) {
            append(wal, 1, 10);
            Gate gate = medium.faults().block(StoreOperation.SEAL, 1);
            Background<Boolean> cutting = Background.run(() -> wal.truncateAfter(5));
            gate.awaitReached();
            Background<Boolean> syncing = Background.run(wal::sync).awaitStuck();
            gate.release();
            cutting.result();
            assertThat(syncing.failure()).isNull();
        }
    }

    @Test
    void readingWhatIsBeingCutIsNoCorruption() throws Exception {
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            Gate reading = medium.faults().block(StoreOperation.READ, 1);
            Background<byte[]> late = Background.call(() -> wal.read(8));
            reading.awaitReached();
            wal.truncateAfter(5);
            reading.release();
            Throwable failure = late.failure();
            assertThat(failure == null || failure instanceof EntryNotFoundException)
                    .as(String.valueOf(failure))
                    .isTrue();
        }
    }
}
