package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.config;
import static io.jwal.core.log.TestLogs.open;
import static io.jwal.core.log.TestLogs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalClosedException;
import io.jwal.WalFailedException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor that stands in a batch which it has verified as a whole still notices what becomes of the log. */
class CursorTest {
    private static final int BATCH = 100;
    private static final int MEBIBYTE = 1 << 20;

    private final CrashMedium medium = new CrashMedium().crashOnClose(1);

    @Test
    void noticesACutBehindIt() {
        try (Wal wal = filled(open(medium));
                Cursor cursor = standing(wal, 10)) {
            wal.truncateAfter(5);
            wal.appendAll(List.of(bytes("other"), bytes("other"), bytes("other"), bytes("other"), bytes("other")));
            wal.appendAll(List.of(bytes("other")));
            assertThatThrownBy(cursor::next).isInstanceOf(TruncatedException.class);
        }
    }

    @Test
    void noticesACutInFrontOfIt() {
        try (Wal wal = filled(open(medium));
                Cursor cursor = standing(wal, 10)) {
            wal.truncateBefore(50);
            assertThatThrownBy(cursor::next).isInstanceOf(TruncatedException.class);
        }
    }

    @Test
    void goesOnAfterACutThatLeavesItsEntries() {
        try (Wal wal = filled(open(medium));
                Cursor cursor = standing(wal, 10)) {
            wal.truncateBefore(5);
            wal.truncateAfter(20);
            for (int i = 11; i <= 20; i++) {
                assertThat(cursor.next()).isTrue();
                assertThat(text(cursor.entryBytes())).isEqualTo("e" + i);
            }
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void noticesThatTheLogWasClosed() {
        Wal wal = filled(open(medium));
        try (Cursor cursor = standing(wal, 10)) {
            wal.close();
            assertThatThrownBy(cursor::next).isInstanceOf(WalClosedException.class);
        }
    }

    @Test
    void handsOutNothingMoreThatIsNotDurableOnceTheLogHasFailed() {
        try (Wal wal = filled(
                        JWal.open(config(medium).durability(Durability.NONE).build()));
                Cursor cursor = standing(wal, 10)) {
            medium.faults().fail(StoreOperation.SYNC, 1, Fault.ioError());
            assertThatThrownBy(wal::sync).isInstanceOf(WalFailedException.class);
            assertThat(wal.durableIndex()).isZero();
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void anEntryStaysWhatItWasWhenTheCursorGoesOn() {
        try (Wal wal = filled(open(medium));
                Cursor cursor = standing(wal, 10)) {
            ByteBuffer tenth = cursor.entry();
            assertThat(cursor.next()).isTrue();
            byte[] content = new byte[tenth.remaining()];
            tenth.get(content);
            assertThat(text(content)).isEqualTo("e10");
            assertThat(text(cursor.entryBytes())).isEqualTo("e11");
            assertThat(cursor.index()).isEqualTo(11);
        }
    }

    /** Three entries are verified together; ten are more than a cursor looks at as a whole. */
    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void damageInALargeBatchHarmsOnlyItsEntry(int count) throws Exception {
        WalConfig.Builder config = config(medium).maxBatch(ByteSize.ofMebibytes(16));
        try (Wal wal = JWal.open(config.build())) {
            wal.appendAll(Collections.nCopies(count, new byte[MEBIBYTE]));
        }
        int second = SegmentHeader.BYTES + BatchHeader.BYTES + Layout.ENTRY_HEADER_BYTES + MEBIBYTE;
        medium.flip(TestLogs.segments(medium).get(0), second + Layout.ENTRY_HEADER_BYTES + 100, 1);
        try (WalReader log = JWal.openReader(config.store(medium.open()).build());
                Cursor first = log.cursor(1);
                Cursor third = log.cursor(3)) {
            assertThat(first.next()).isTrue();
            assertThat(first.entry().remaining()).isEqualTo(MEBIBYTE);
            assertThatThrownBy(first::next)
                    .isInstanceOfSatisfying(
                            CorruptLogException.class,
                            e -> assertThat(e.index()).hasValue(2));
            for (int i = 3; i <= count; i++) {
                assertThat(third.next()).isTrue();
                assertThat(third.index()).isEqualTo(i);
            }
        }
    }

    /** One batch of a hundred entries. */
    private static Wal filled(Wal wal) {
        wal.appendAll(TestLogs.numbered(1, BATCH).stream().map(TestLogs::bytes).toList());
        return wal;
    }

    private static Cursor standing(Wal wal, int index) {
        Cursor cursor = wal.cursor(1);
        for (int i = 1; i <= index; i++) {
            assertThat(cursor.next()).isTrue();
        }
        return cursor;
    }
}
