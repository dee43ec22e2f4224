package io.jwal.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.WalReader;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Asserts that a log holds what was written into it. */
final class Holding {
    private Holding() {}

    static void assertHolds(WalReader log, GoldenLog golden) {
        assertThat(log.firstIndex()).isEqualTo(golden.first());
        assertThat(log.lastIndex()).isEqualTo(golden.last());
        assertThat(log.durableIndex()).isEqualTo(golden.last());
        assertThat(log.isEmpty()).isEqualTo(golden.entries().isEmpty());
        assertThat(log.consumers()).isEqualTo(golden.consumers());
        golden.properties()
                .forEach((name, value) -> assertThat(log.property(name)).contains(value));
        golden.entries().forEach((index, entry) -> assertThat(log.read(index)).isEqualTo(entry.bytes()));
        assertScanned(log, golden);
        assertTimesFound(log, golden);
    }

    private static void assertScanned(WalReader log, GoldenLog golden) {
        TreeMap<Long, GoldenLog.Written> left = new TreeMap<>(golden.entries());
        try (Cursor cursor = log.cursor(golden.first())) {
            while (!left.isEmpty()) {
                assertThat(cursor.next()).isTrue();
                Map.Entry<Long, GoldenLog.Written> expected = left.pollFirstEntry();
                assertThat(cursor.index()).isEqualTo(expected.getKey());
                assertThat(cursor.entryBytes()).isEqualTo(expected.getValue().bytes());
                assertThat(cursor.time().toEpochMilli())
                        .isEqualTo(expected.getValue().time());
            }
            if (golden.corrupt()) {
                assertThatThrownBy(cursor::next).isInstanceOf(CorruptLogException.class);
            } else {
                assertThat(cursor.next()).isFalse();
            }
        }
    }

    private static void assertTimesFound(WalReader log, GoldenLog golden) {
        long before = Long.MIN_VALUE;
        for (Map.Entry<Long, GoldenLog.Written> entry : golden.entries().entrySet()) {
            long time = entry.getValue().time();
            if (time != before) {
                assertThat(log.indexAt(Instant.ofEpochMilli(time))).isEqualTo(entry.getKey());
            }
            before = time;
        }
    }

    static long time(WalReader log, long index) {
        try (Cursor cursor = log.cursor(index)) {
            assertThat(cursor.next()).isTrue();
            return cursor.time().toEpochMilli();
        }
    }
}
