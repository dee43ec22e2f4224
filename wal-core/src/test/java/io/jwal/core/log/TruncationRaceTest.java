package io.jwal.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Durability;
import io.jwal.Entry;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What threads do beside a cut. Found by Lincheck. */
class TruncationRaceTest {
    private static final int ROUNDS = 1_500;

    /** Only one of two cuts past each other can be in range. */
    @Test
    void ofTwoCutsThatCrossOneIsOutOfRange() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Wal wal = JWal.open(TestLogs.config(new CrashMedium()).build())) {
                TestLogs.append(wal, 1, 4);
                CyclicBarrier together = new CyclicBarrier(2);
                Background<Boolean> before = Background.call(() -> {
                    together.await();
                    return done(() -> wal.truncateBefore(4));
                });
                together.await();
                boolean after = done(() -> wal.truncateAfter(2));

                assertThat(before.result()).as("round %d", round).isNotEqualTo(after);
                assertThat(wal.firstIndex()).isEqualTo(after ? 1 : 4);
                assertThat(wal.lastIndex()).isEqualTo(after ? 2 : 4);
                long next = wal.append(TestLogs.bytes("next"));
                assertThat(next).isEqualTo(after ? 3 : 5);
                assertThat(TestLogs.text(wal.read(next))).isEqualTo("next");
            }
        }
    }

    /** Without a sync an entry is accepted before a segment holds it, so a reader has to have it written first. */
    @Test
    void anEntryThatIsCutAndAppendedAnewIsReadOrNotThere() throws Exception {
        try (Wal wal = JWal.open(
                TestLogs.config(new CrashMedium()).durability(Durability.NONE).build())) {
            TestLogs.append(wal, 1, 4);
            AtomicBoolean over = new AtomicBoolean();
            Background<Boolean> reading = Background.run(() -> {
                while (!over.get()) {
                    readIfThere(wal, 4);
                }
            });
            List<byte[]> both = List.of(TestLogs.bytes("3"), TestLogs.bytes("4"));
            for (int round = 0; round < ROUNDS && !reading.isDone(); round++) {
                wal.truncateAfter(2);
                wal.appendAll(both);
            }
            over.set(true);
            assertThat(reading.failure()).isNull();
        }
    }

    /** The time of the last entry that stays is looked for, and the entry is dropped from the start meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void aCutOfWhatIsDroppedAtTheSameTimeIsInRangeOrNot(long first) throws Exception {
        CrashMedium medium = threeSegments();
        try (Wal wal = TestLogs.open(medium)) {
            Gate looking = medium.faults().block(StoreOperation.OPEN, 1);
            Background<Boolean> after = Background.call(() -> done(() -> wal.truncateAfter(1)));
            looking.awaitReached();
            Background<Boolean> before =
                    Background.call(() -> done(() -> wal.truncateBefore(first))).awaitStuck();
            ((WritingLog) wal).maintenance().drain();
            looking.release();
            boolean both = after.result() && before.result();
            assertThat(both).isEqualTo(first == 2);
            assertThat(after.result() || before.result()).isTrue();
            assertThat(wal.isEmpty()).isEqualTo(both);
        }
    }

    @Test
    void aTimeIsLookedForInWhatIsLeft() throws Exception {
        CrashMedium medium = threeSegments();
        try (Wal wal = TestLogs.open(medium)) {
            Gate looking = medium.faults().block(StoreOperation.OPEN, 1);
            Background<Long> found = Background.call(() -> wal.indexAt(Instant.EPOCH));
            looking.awaitReached();
            wal.truncateBefore(3);
            ((WritingLog) wal).maintenance().drain();
            looking.release();
            assertThat(found.result()).isEqualTo(3);
        }
    }

    @Test
    void aRunThatIsReadBesideACutIsOfOneLog() throws Exception {
        CrashMedium medium = threeSegments();
        try (Wal wal = TestLogs.open(medium)) {
            Gate reading = medium.faults().block(StoreOperation.OPEN, 3);
            Background<List<Entry>> run = Background.call(() -> wal.read(1, 10, Long.MAX_VALUE));
            reading.awaitReached();
            wal.truncateAfter(1);
            wal.appendAll(List.of(TestLogs.bytes("2"), TestLogs.bytes("3")));
            ((WritingLog) wal).maintenance().drain();
            reading.release();
            assertThat(run.result()).extracting(Entry::index).containsExactly(1L, 2L);
            assertThat(run.result()).extracting(entry -> entry.bytes().length).containsExactly(3000, 3000);
        }
    }

    @Test
    void aLogThatAlwaysHoldsAnEntryIsNeverEmpty() throws Exception {
        try (Wal wal = JWal.open(TestLogs.config(new CrashMedium()).build())) {
            wal.append(TestLogs.bytes("1"));
            AtomicBoolean over = new AtomicBoolean();
            AtomicBoolean empty = new AtomicBoolean();
            List<Background<Boolean>> looking = Stream.generate(() -> Background.run(() -> {
                        while (!over.get()) {
                            if (wal.isEmpty()) {
                                empty.set(true);
                            }
                        }
                    }))
                    .limit(4) // more than run at once, so that some are held up between two looks
                    .toList();
            for (int round = 0; round < 20 * ROUNDS && !empty.get(); round++) {
                wal.truncateBefore(wal.append(TestLogs.bytes("next")));
            }
            over.set(true);
            for (Background<Boolean> each : looking) {
                assertThat(each.failure()).isNull();
            }
            assertThat(empty).isFalse();
        }
    }

    /** A log of three sealed segments with an entry each. */
    private static CrashMedium threeSegments() {
        CrashMedium medium = new CrashMedium();
        for (int i = 0; i < 3; i++) {
            try (Wal wal = TestLogs.open(medium)) {
                wal.append(new byte[3000]);
            }
        }
        return medium;
    }

    private static void readIfThere(Wal wal, long index) {
        try {
            wal.read(index);
        } catch (EntryNotFoundException e) {
            // Cut away just now
        }
    }

    private static boolean done(Runnable cut) {
        try {
            cut.run();
            return true;
        } catch (OutOfRangeException e) {
            return false;
        }
    }
}
