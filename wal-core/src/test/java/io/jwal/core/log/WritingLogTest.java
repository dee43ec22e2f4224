package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.contents;
import static io.jwal.core.log.TestLogs.numbered;
import static io.jwal.core.log.TestLogs.open;
import static io.jwal.core.log.TestLogs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfOrderException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalClosedException;
import io.jwal.core.JWal;
import io.jwal.core.format.Layout;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.LogMedium;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogMediaResolver.class)
class WritingLogTest {
    private final LogMedium medium;

    WritingLogTest(LogMedia media) {
        medium = media.next().crashOnClose(1);
    }

    @Test
    void aNewLogIsEmptyAndBeginsAtOne() {
        try (Wal wal = open(medium)) {
            assertThat(wal.isEmpty()).isTrue();
            assertThat(wal.firstIndex()).isEqualTo(1);
            assertThat(wal.lastIndex()).isZero();
            assertThat(wal.durableIndex()).isZero();
        }
    }

    @Test
    void whatWasAppendedIsReadBackAlsoAfterReopening() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 1000);
            assertThat(wal.lastIndex()).isEqualTo(1000);
            assertThat(contents(wal)).isEqualTo(numbered(1, 1000));
        }
        try (Wal wal = open(medium)) {
            assertThat(contents(wal)).isEqualTo(numbered(1, 1000));
            append(wal, 1001, 1010);
            assertThat(contents(wal)).isEqualTo(numbered(1, 1010));
        }
    }

    @Test
    void aBatchGetsConsecutiveIndexes() {
        try (Wal wal = open(medium)) {
            assertThat(wal.appendAll(List.of(bytes("a"), bytes("b"), bytes("c"))))
                    .isEqualTo(3);
            assertThat(wal.appendAll(List.of())).isEqualTo(3);
            assertThat(wal.read(1, 10, 100))
                    .containsExactly(new Entry(1, bytes("a")), new Entry(2, bytes("b")), new Entry(3, bytes("c")));
            assertThat(wal.read(4, 10, 100)).isEmpty();
            assertThatThrownBy(() -> wal.read(5, 10, 100)).isInstanceOf(EntryNotFoundException.class);
            assertThatThrownBy(() -> wal.read(0)).isInstanceOf(EntryNotFoundException.class);
        }
    }

    @Test
    void aCursorScansAndFollows() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 500);
            try (Cursor cursor = wal.cursor(1)) {
                for (int i = 1; i <= 500; i++) {
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.index()).isEqualTo(i);
                    assertThat(text(cursor.entryBytes())).isEqualTo("e" + i);
                }
                assertThat(cursor.next()).isFalse();
                assertThat(cursor.next(Duration.ofMillis(1))).isFalse();
                append(wal, 501, 501);
                assertThat(cursor.next(Duration.ofSeconds(10))).isTrue();
                assertThat(cursor.index()).isEqualTo(501);
            }
        }
    }

    /** A segment of tiny entries ends for their number, long before its size. */
    @Test
    void theNextSegmentIsThereBeforeTheEntriesOfOneAreTooMany() {
        ByteSize large = ByteSize.ofMebibytes(512);
        try (Wal wal = JWal.open(TestLogs.config(medium).segmentSize(large).build())) {
            for (int i = 0; i < 8; i++) {
                wal.appendAll(Collections.nCopies(Layout.MAX_ENTRIES / 16, new byte[0]));
            }
            await().untilAsserted(
                            () -> assertThat(wal.stats().segments().open()).isEqualTo(2));
            assertThat(wal.stats().segments().sealed()).isZero();
        }
    }

    @Test
    void truncatesAtBothEnds() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 1000);
            wal.truncateBefore(300);
            wal.truncateAfter(700);
            assertThat(wal.firstIndex()).isEqualTo(300);
            assertThat(wal.lastIndex()).isEqualTo(700);
            assertThat(contents(wal)).isEqualTo(numbered(300, 700));
            append(wal, 701, 710);
        }
        try (Wal wal = open(medium)) {
            assertThat(contents(wal)).isEqualTo(numbered(300, 710));
            assertThatThrownBy(() -> wal.truncateBefore(712)).isInstanceOf(OutOfRangeException.class);
            assertThatThrownBy(() -> wal.truncateAfter(298)).isInstanceOf(OutOfRangeException.class);
            wal.truncateBefore(711);
            assertThat(wal.isEmpty()).isTrue();
            assertThat(wal.append(bytes("e711"))).isEqualTo(711);
        }
        try (Wal wal = open(medium)) {
            wal.truncateAfter(710);
            assertThat(wal.isEmpty()).isTrue();
        }
        try (Wal wal = open(medium)) {
            assertThat(wal.firstIndex()).isEqualTo(711);
            assertThat(wal.append(bytes("x"))).isEqualTo(711);
        }
    }

    @Test
    void explicitIndexesAreConsecutiveAndMayJumpOnAnEmptyLog() {
        try (Wal wal = open(medium)) {
            wal.write(100, bytes("e100"));
            assertThat(wal.firstIndex()).isEqualTo(100);
            assertThatThrownBy(() -> wal.write(102, bytes("x")))
                    .isInstanceOfSatisfying(
                            OutOfOrderException.class,
                            e -> assertThat(e.expected()).isEqualTo(101));
            wal.writeAll(List.of(new Entry(101, bytes("e101")), new Entry(102, bytes("e102"))));
        }
        try (Wal wal = open(medium)) {
            assertThat(contents(wal)).isEqualTo(numbered(100, 102));
        }
    }

    @Test
    void aCursorLearnsThatItsEntriesWereCut() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            Cursor cut = wal.cursor(6);
            Cursor kept = wal.cursor(5);
            wal.truncateAfter(5);
            wal.append(bytes("other"));
            assertThatThrownBy(cut::next).isInstanceOf(TruncatedException.class);
            assertThat(kept.next()).isTrue();
            assertThat(text(kept.entryBytes())).isEqualTo("e5");
            assertThat(kept.next()).isTrue();
            assertThat(text(kept.entryBytes())).isEqualTo("other");
            assertThatThrownBy(cut::next).isInstanceOf(TruncatedException.class);
        }
    }

    @Test
    void aClosedLogSaysSo() {
        Wal wal = open(medium);
        wal.close();
        wal.close();
        assertThatThrownBy(() -> wal.append(bytes("x"))).isInstanceOf(WalClosedException.class);
        assertThatThrownBy(wal::lastIndex).isInstanceOf(WalClosedException.class);
        assertThat(wal.appendAsync(bytes("x")))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(WalClosedException.class);
    }
}
