package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.contents;
import static io.jwal.core.log.TestLogs.numbered;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Cursor;
import io.jwal.FencedException;
import io.jwal.StoreFailedException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalReader;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Following a log that somebody else writes. */
@ExtendWith(LogMediaResolver.class)
class FollowerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LogMedium medium;

    FollowerTest(LogMedia media) {
        medium = media.next();
    }

    @Test
    void aLogThatGrowsWhileItIsOpenedIsNotDamaged() throws Exception {
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            wal.append(new byte[2500]);
            await().until(() -> wal.stats().segments().open() == 2);
            Gate sealing = medium.faults().block(StoreOperation.SEAL, 1);
            Gate reading = medium.faults().blockAfter(StoreOperation.SIZE, 2); // of the header's check, of the scan
            Background<WalReader> opening = Background.call(() -> TestLogs.reader(medium));
            reading.awaitReached();
            wal.append(bytes("e12"));
            wal.append(new byte[3000]); // rolls
            sealing.awaitReached();
            wal.append(bytes("e14"));
            reading.release();
            try (WalReader reader = opening.result();
                    Cursor cursor = reader.cursor(1)) {
                for (int i = 1; i <= 14; i++) {
                    assertThat(cursor.next(PATIENCE)).isTrue();
                }
                assertThat(cursor.next()).isFalse();
            } finally {
                sealing.release();
            }
        }
    }

    @Test
    void aRollBetweenTheLooksAtTwoSegmentsIsNotDamage() throws Exception {
        medium.traits(own -> StoreTraits.localDefaults()); // each look sees everything
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            wal.append(new byte[2500]);
            await().until(() -> wal.stats().segments().open() == 2);
            try (WalReader reader = TestLogs.reader(medium);
                    Cursor cursor = reader.cursor(12)) {
                assertThat(cursor.next()).isFalse();
                Gate sealing = medium.faults().block(StoreOperation.SEAL, 1);
                Gate looking = medium.faults().blockAfter(StoreOperation.SIZE, 1); // of the hot segment
                Background<Boolean> following = Background.call(cursor::next);
                looking.awaitReached();
                wal.append(bytes("e12"));
                wal.append(new byte[3000]); // rolls
                sealing.awaitReached();
                wal.append(bytes("e14"));
                looking.release();
                try {
                    assertThat(following.result()).isTrue();
                    assertThat(cursor.entryBytes()).isEqualTo(bytes("e12"));
                    assertThat(reader.lastIndex()).isEqualTo(14);
                } finally {
                    sealing.release();
                }
            }
        }
    }

    @Test
    void aLogThatLosesAllButWhatIsNewIsNotEmpty() throws Exception {
        medium.traits(own -> StoreTraits.localDefaults()); // each look sees everything
        try (Wal wal = open(medium)) {
            append(wal, 1, 2);
            try (WalReader reader = TestLogs.reader(medium)) {
                Gate looking = medium.faults().block(StoreOperation.READ_REGISTER, 2);
                Background<Boolean> empty = Background.call(reader::isEmpty).awaitStuck();
                wal.truncateBefore(wal.append(bytes("e3")));
                looking.release();
                assertThat(empty.result()).isFalse();
            }
        }
    }

    @Test
    void aReadThatFailsOnceIsForgottenOnceItWorks() {
        medium.traits(own -> StoreTraits.localDefaults()); // each look sees everything
        try (Wal wal = open(medium)) {
            append(wal, 1, 5);
            byte[] large = new byte[1 << 20];
            for (int nth = 1; nth < 12; nth++) {
                try (WalReader reader = TestLogs.reader(medium)) {
                    long before = reader.lastIndex();
                    wal.appendAll(List.of(bytes("small"), large, large));
                    medium.faults().fail(StoreOperation.READ, nth, Fault.ioError());
                    try (Cursor cursor = reader.cursor(before)) {
                        for (int i = 0; i < 12 && !medium.faults().trace().isEmpty(); i++) {
                            try {
                                if (!cursor.next()) {
                                    break;
                                }
                            } catch (StoreFailedException e) {
                                assertThat(e).hasMessageContaining("planned");
                            }
                        }
                    }
                    medium.faults().clear();
                    assertThat(reader.lastIndex()).isEqualTo(wal.lastIndex());
                    assertThat(reader.read(before + 1)).isEqualTo(bytes("small"));
                    assertThat(reader.read(before + 2)).hasSize(1 << 20);
                    assertThat(reader.read(before + 3)).hasSize(1 << 20);
                    try (Cursor cursor = reader.cursor(wal.lastIndex() + 1)) {
                        assertThat(cursor.next()).isFalse();
                    }
                }
            }
        }
    }

    @Test
    void followsThroughRollsSealsCutsAndTakeover() {
        Wal wal = open(medium);
        append(wal, 1, 10);
        try (WalReader reader = TestLogs.reader(medium);
                Cursor cursor = reader.cursor(1)) {
            assertThat(contents(reader)).isEqualTo(numbered(1, 10));
            append(wal, 11, 500);
            assertThat(contents(reader)).isEqualTo(numbered(1, 500));
            wal.truncateBefore(100);
            wal.truncateAfter(400);
            assertThat(contents(reader)).isEqualTo(numbered(100, 400));
            assertThatThrownBy(cursor::next).isInstanceOf(TruncatedException.class);
            try (Wal newer = open(medium)) {
                append(newer, 401, 450);
                assertThat(contents(reader)).isEqualTo(numbered(100, 450));
                try (Cursor behind = reader.cursor(451)) {
                    newer.truncateAfter(440);
                    append(newer, 441, 460);
                    assertThatThrownBy(() -> behind.next(PATIENCE)).isInstanceOf(TruncatedException.class);
                }
                newer.truncateBefore(461);
                assertThat(reader.isEmpty()).isTrue();
                newer.write(1000, bytes("e1000"));
                assertThat(contents(reader)).isEqualTo(numbered(1000, 1000));
            }
        }
    }

    @Test
    void moreThanSixteenCutsAreTooManyToTell() {
        medium.traits(own -> StoreTraits.localDefaults()); // each look sees everything
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            try (WalReader reader = TestLogs.reader(medium);
                    Cursor cursor = reader.cursor(1);
                    Cursor late = reader.cursor(2)) {
                assertThat(cursor.next()).isTrue();
                for (int i = 0; i < 16; i++) {
                    append(wal, 11, 11);
                    wal.truncateAfter(10);
                }
                reader.lastIndex();
                assertThat(cursor.next()).isTrue();
                append(wal, 11, 11);
                wal.truncateAfter(10);
                reader.lastIndex();
                assertThat(cursor.next()).isTrue();
                assertThatThrownBy(late::next).isInstanceOf(TruncatedException.class);
            }
        }
    }

    private static StoreTraits remote() {
        return new StoreTraits(true, ByteSize.ofMebibytes(64), Duration.ZERO, 3, 50, Duration.ofMillis(1));
    }

    @Test
    void acrossANetworkWaitingCostsOneRequestALookAndTheManifestEveryFourth() throws Exception {
        medium.traits(own -> remote());
        try (Wal wal = open(medium)) {
            append(wal, 1, 5);
            try (WalReader reader = TestLogs.reader(medium);
                    Cursor cursor = reader.cursor(6)) {
                medium.faults().clearTrace();
                Background<Boolean> waiting = Background.call(() -> cursor.next(PATIENCE));
                await().until(() -> requests().matches("s*(ms*){4,}"));
                assertThat(requests()).matches("s{0,3}(ms{4})+ms{0,4}"); // with the manifest the size is asked, too
                append(wal, 6, 6);
                assertThat(waiting.result()).isTrue();
            }
        }
    }

    /** What was asked of the store: {@code m} for the manifest, {@code s} for a segment's size. */
    private String requests() {
        return medium.faults().trace().stream()
                .map(call -> switch (call.operation()) {
                    case READ_REGISTER -> "m";
                    case SIZE -> "s";
                    default -> call.toString();
                })
                .collect(Collectors.joining());
    }

    @Test
    void acrossANetworkAFollowerSeesAllThroughRollsAndTakeover() throws Exception {
        medium.traits(own -> remote());
        Wal wal = open(medium);
        append(wal, 1, 1);
        try (WalReader reader = TestLogs.reader(medium);
                Cursor cursor = reader.cursor(1)) {
            Background<Boolean> writing = Background.run(() -> {
                append(wal, 2, 600);
                try (Wal newer = open(medium)) {
                    append(newer, 601, 1200);
                }
            });
            for (int i = 1; i <= 1200; i++) {
                assertThat(cursor.next(PATIENCE)).isTrue();
                assertThat(cursor.entryBytes()).isEqualTo(bytes("e" + i));
            }
            writing.result();
            assertThatThrownBy(() -> wal.append(bytes("zombie"))).isInstanceOf(FencedException.class);
        }
        wal.close();
    }

    @Test
    void acrossANetworkACutIsSeenAFewLooksLater() {
        medium.traits(own -> remote());
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            try (WalReader reader = TestLogs.reader(medium);
                    Cursor cursor = reader.cursor(11)) {
                wal.truncateAfter(5);
                append(wal, 6, 20);
                assertThatThrownBy(() -> cursor.next(PATIENCE)).isInstanceOf(TruncatedException.class);
                assertThat(contents(reader)).isEqualTo(numbered(1, 20));
            }
        }
    }

    @Test
    void acrossANetworkALogThatWasEmptiedIsEmpty() {
        medium.traits(own -> remote().withPollInterval(Duration.ofNanos(1)));
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
            try (WalReader reader = TestLogs.reader(medium)) {
                assertThat(reader.isEmpty()).isFalse();
                wal.truncateBefore(11);
                assertThat(reader.isEmpty()).isTrue();
            }
        }
    }

    /** What was seen a moment ago is trusted there, but not by who knows better. */
    @Test
    void acrossANetworkNoConsumerIsAheadOfTheEnd() {
        medium.traits(own -> StoreTraits.remoteDefaults().withPollInterval(Duration.ofDays(1)));
        try (Wal wal = open(medium);
                WalConsumer consumer = wal.consumer("eager")) {
            append(wal, 1, 2);
            try (WalReader reader = TestLogs.reader(medium)) {
                append(wal, 3, 5);
                consumer.poll(10, Duration.ZERO);
                consumer.commit();
                assertThat(reader.lastIndex()).isEqualTo(2);
                assertThat(reader.consumers()).containsEntry("eager", 6L);
                assertThat(reader.lastIndex()).isEqualTo(5);
                medium.faults().clearTrace();
                assertThat(reader.consumers()).containsEntry("eager", 6L);
                assertThat(medium.faults().trace()).hasSize(1); // no look more than it needs
            }
        }
    }
}
