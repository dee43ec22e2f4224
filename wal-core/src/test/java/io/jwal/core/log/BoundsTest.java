package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.contents;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jwal.Durability;
import io.jwal.Entry;
import io.jwal.EntryTooLargeException;
import io.jwal.Wal;
import io.jwal.WalClosedException;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.LogMedium;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Indexes, sizes and buffers at their limits. */
@ExtendWith(LogMediaResolver.class)
class BoundsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LAST_INDEX = Long.MAX_VALUE - 1;

    private final LogMedium medium;

    BoundsTest(LogMedia media) {
        medium = media.next();
    }

    @Test
    void theLastPossibleIndexSurvivesACrash() {
        Wal wal = open(medium);
        wal.write(LAST_INDEX - 1, bytes("last but one"));
        wal.write(LAST_INDEX, bytes("last"));
        medium.kill();
        try (Wal again = open(medium)) {
            assertThat(contents(again)).containsExactly("last but one", "last");
        }
    }

    @Test
    void behindTheLastPossibleIndexNothingIsAppended() {
        try (Wal wal = open(medium)) {
            wal.write(LAST_INDEX, bytes("last"));
            assertThatThrownBy(() -> wal.append(bytes("x"))).isInstanceOf(WalException.class);
            assertThatThrownBy(() -> wal.appendAll(List.of(bytes("x"), bytes("y"))))
                    .isInstanceOf(WalException.class);
            assertThat(wal.lastIndex()).isEqualTo(LAST_INDEX);
            wal.truncateAfter(LAST_INDEX - 1);
            assertThat(wal.append(bytes("again"))).isEqualTo(LAST_INDEX);
        }
    }

    @Test
    void entriesAsLargeAsAllowedAndOneMore() {
        int largest = 1 << 20;
        try (Wal wal = open(medium)) {
            wal.append(new byte[0]);
            wal.append(new byte[largest]);
            assertThatThrownBy(() -> wal.append(new byte[largest + 1])).isInstanceOf(EntryTooLargeException.class);
            byte[] quarter = new byte[largest];
            wal.appendAll(List.of(quarter, quarter, quarter, quarter));
            assertThatThrownBy(() -> wal.appendAll(List.of(quarter, quarter, quarter, quarter, new byte[1])))
                    .isInstanceOf(EntryTooLargeException.class);
            assertThat(wal.lastIndex()).isEqualTo(6);
        }
        try (Wal wal = open(medium)) {
            assertThat(wal.read(1)).isEmpty();
            assertThat(wal.read(2, 10, Long.MAX_VALUE)).hasSize(5).allMatch(entry -> entry.bytes().length == largest);
        }
    }

    @Test
    void aBatchOfAMillionEntriesIsOneBatch() {
        int most = 1 << 20;
        Wal wal = open(medium);
        wal.append(bytes("before"));
        assertThat(wal.appendAll(Collections.nCopies(most, new byte[0]))).isEqualTo(most + 1);
        assertThatThrownBy(() -> wal.appendAll(Collections.nCopies(most + 1, new byte[0])))
                .isInstanceOf(EntryTooLargeException.class);
        assertThat(wal.append(bytes("after"))).isEqualTo(most + 2);
        medium.kill();
        try (Wal again = open(medium)) {
            assertThat(again.lastIndex()).isEqualTo(most + 2);
            assertThat(again.read(most + 1)).isEmpty();
            assertThat(again.read(most + 2)).isEqualTo(bytes("after"));
        }
    }

    @Test
    void aCacheTooSmallForOneSegmentStillReads() {
        try (Wal wal = open(medium)) {
            TestLogs.append(wal, 1, 1000);
        }
        assertTimeoutPreemptively(PATIENCE, () -> {
            try (Wal wal = JWal.open(
                    TestLogs.config(medium).cacheBytes(ByteSize.ofBytes(0)).build())) {
                assertThat(contents(wal)).hasSize(1000);
            }
        });
    }

    @Test
    @SuppressWarnings("try") // closing is what is tested
    void whoFindsTheBufferFullDoesNotWaitForTheInterval() {
        assertTimeoutPreemptively(PATIENCE, () -> {
            try (Wal wal = JWal.open(TestLogs.config(medium)
                    .durability(Durability.INTERVAL)
                    .durabilityInterval(Duration.ofHours(1))
                    .commitMaxBytes(ByteSize.ofKibibytes(4))
                    .build())) {
                for (int i = 0; i < 10; i++) {
                    wal.append(new byte[2500]); // two of them do not fit, one does not make the buffer nearly full
                }
                assertThat(wal.lastIndex()).isEqualTo(10);
            }
        });
    }

    @Test
    @SuppressWarnings("try") // closing is what is tested
    void whoFindsTheBufferFullDoesNotWaitForTheDelay() {
        assertTimeoutPreemptively(PATIENCE, () -> {
            Wal wal = JWal.open(TestLogs.config(medium)
                    .commitMaxDelay(Duration.ofHours(1))
                    .commitMaxBytes(ByteSize.ofKibibytes(4))
                    .build());
            List<Background<Long>> appends = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                appends.add(Background.call(() -> wal.append(new byte[2500])));
            }
            while (appends.stream().filter(Background::isDone).count() < 2) {
                Thread.onSpinWait();
            }
            wal.close(); // ends the wait of the last one, or refuses it
            int taken = 0;
            for (Background<Long> append : appends) {
                Throwable failure = append.failure();
                if (failure == null) {
                    taken++;
                } else {
                    assertThat(failure).isInstanceOf(WalClosedException.class);
                }
            }
            assertThat(taken).isGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void anEmptyAsynchronousAppendOfAClosedLogSaysSo() {
        Wal wal = open(medium);
        wal.close();
        assertThat(wal.appendAllAsync(List.of()))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(WalClosedException.class);
        assertThat(wal.writeAllAsync(List.<Entry>of()))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(WalClosedException.class);
    }
}
