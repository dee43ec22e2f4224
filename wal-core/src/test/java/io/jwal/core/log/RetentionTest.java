package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.contents;
import static io.jwal.core.log.TestLogs.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.WalConfig.Retention;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.LogMedium;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogMediaResolver.class)
class RetentionTest {
    private final LogMedium medium;
    private final MovableClock clock = new MovableClock();

    RetentionTest(LogMedia media) {
        medium = media.next();
    }

    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new IllegalStateException("nobody asks for zones");
        }
    }

    private Wal open(@Nullable Duration maxAge, @Nullable ByteSize maxBytes, boolean waitForConsumers) {
        WalConfig config = TestLogs.config(medium)
                .clock(clock)
                .retention(new Retention(maxAge, maxBytes, waitForConsumers))
                .build();
        return JWal.open(config);
    }

    /** Entries of which a hundred are too large to be joined to the next segment. */
    private static List<String> padded(int from, int to) {
        return numbered(from, to).stream().map(text -> text + "-".repeat(40)).toList();
    }

    /** Leaves a sealed segment for every hundred entries, however busy the machine is. */
    private void fill(int from, int to) {
        for (int i = from; i <= to; i += 100) {
            try (Wal wal = open(null, null, true)) {
                wal.appendAll(padded(i, i + 99).stream().map(TestLogs::bytes).toList()); // one batch does not roll
            }
        }
    }

    @Test
    void removesWholeSegmentsThatAreTooOld() {
        fill(1, 500);
        clock.now = clock.now.plusSeconds(10);
        fill(501, 1000);
        try (Wal wal = open(Duration.ofSeconds(1), null, true)) {
            await().untilAsserted(() -> assertThat(wal.firstIndex()).isEqualTo(501));
            assertThat(contents(wal)).isEqualTo(padded(501, 1000));
        }
    }

    @Test
    void removesTheOldestSegmentsOfALogThatIsTooLarge() {
        fill(1, 1000);
        try (Wal wal = open(null, ByteSize.ofKibibytes(20), true)) {
            await().untilAsserted(
                            () -> assertThat(wal.stats().segments().bytes()).isLessThan(20 << 10));
            assertThat(wal.firstIndex()).isGreaterThan(500);
            assertThat(contents(wal)).isEqualTo(padded((int) wal.firstIndex(), 1000));
        }
    }

    @Test
    void waitsForTheSlowestConsumer() {
        fill(1, 1000);
        try (Wal wal = open(null, null, true);
                WalConsumer slow = wal.consumer("slow")) {
            slow.poll(450, Duration.ZERO);
            slow.commit();
        }
        try (Wal wal = open(null, ByteSize.ofKibibytes(4), true);
                WalConsumer slow = wal.consumer("slow")) {
            await().untilAsserted(() -> assertThat(wal.firstIndex()).isEqualTo(401));
            assertThat(slow.poll(Duration.ZERO))
                    .hasValueSatisfying(entry -> assertThat(entry.index()).isEqualTo(451));
        }
    }

    @Test
    void waitsForNobodyIfToldSoAndKeepsTheLastSegmentHoweverLarge() {
        fill(1, 1000);
        try (Wal wal = open(null, ByteSize.ofKibibytes(4), false)) {
            wal.consumer("slow").commit();
            await().untilAsserted(() -> assertThat(wal.firstIndex()).isEqualTo(901));
            assertThat(contents(wal)).hasSize(100);
        }
    }

    @Test
    void emptiesALogThatIsTooOld() {
        fill(1, 200);
        clock.now = clock.now.plusSeconds(10);
        try (Wal wal = open(Duration.ofSeconds(1), null, false)) {
            await().untilAsserted(() -> assertThat(wal.isEmpty()).isTrue());
            assertThat(wal.append(TestLogs.bytes("e201"))).isEqualTo(201);
            assertThat(contents(wal)).isEqualTo(numbered(201, 201));
        }
    }

    @Test
    void rollsASegmentThatIsOldThoughNothingIsAppended() {
        WalConfig config = TestLogs.config(medium)
                .clock(clock)
                .segmentMaxAge(Duration.ofMinutes(1))
                .build();
        try (Wal wal = JWal.open(config)) {
            append(wal, 1, 3);
            assertThat(wal.stats().segments().sealed()).isZero();
            clock.now = clock.now.plusSeconds(61);
            await().untilAsserted(
                            () -> assertThat(wal.stats().segments().sealed()).isEqualTo(1));
            append(wal, 4, 5);
            assertThat(contents(wal)).isEqualTo(numbered(1, 5));
        }
    }

    @Test
    void timesNeverDecreaseAndAreFound() {
        try (Wal wal = open(null, null, true)) {
            Instant start = clock.now;
            append(wal, 1, 3);
            clock.now = start.plusSeconds(10);
            append(wal, 4, 5);
            clock.now = start.minusSeconds(60); // somebody set the clock back
            append(wal, 6, 300);
            clock.now = start.plusSeconds(20);
            append(wal, 301, 301);

            assertThat(wal.indexAt(Instant.MIN)).isEqualTo(1);
            assertThat(wal.indexAt(start)).isEqualTo(1);
            assertThat(wal.indexAt(start.plusMillis(1))).isEqualTo(4);
            assertThat(wal.indexAt(start.plusSeconds(11))).isEqualTo(301);
            assertThat(wal.indexAt(start.plusSeconds(20))).isEqualTo(301);
            assertThat(wal.indexAt(start.plusSeconds(21))).isEqualTo(302);
            assertThat(wal.indexAt(Instant.MAX)).isEqualTo(302);
        }
    }
}
