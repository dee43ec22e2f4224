package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.contents;
import static io.jwal.core.log.TestLogs.numbered;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.CorruptLogException;
import io.jwal.Durability;
import io.jwal.FencedException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import io.jwal.store.StoreUnreadableException;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tck.simulator.Watermark;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Opening what a crash, a full store or damage has left. */
@ExtendWith(LogMediaResolver.class)
class RecoveryTest {
    private final LogMedia media;
    private final LogMedium medium;

    RecoveryTest(LogMedia media) {
        this.media = media;
        medium = media.next();
    }

    @Test
    void aTornFirstSegmentIsNoDamageThoughTheNextOneIsThere() throws Exception {
        medium.watermark(Watermark.LOST);
        Wal wal = JWal.open(TestLogs.config(medium).durability(Durability.NONE).build());
        wal.append(bytes("e1"));
        wal.append(new byte[3000]);
        await().until(() -> wal.stats().segments().open() == 2);
        Gate sealing = medium.faults().block(StoreOperation.SYNC, 1);
        wal.append(new byte[3000]); // rolls; the sync that seals the first segment does not come
        sealing.awaitReached();
        try {
            assertThat(wal.read(3)).hasSize(3000); // written, not synced
            for (long seed = 0; seed < 200; seed++) {
                LogMedium crashed = medium.crashed(seed);
                try (WalReader reader = TestLogs.reader(crashed)) {
                    assertThat(reader.lastIndex()).isBetween(0L, 3L);
                    assertThat(reader.read(1, 10, Long.MAX_VALUE)).hasSize((int) reader.lastIndex());
                }
                try (Wal again = open(crashed)) {
                    assertThat(again.lastIndex()).isBetween(0L, 3L);
                    assertThat(again.append(bytes("new"))).isEqualTo(again.lastIndex());
                }
            }
        } finally {
            sealing.release();
            wal.close();
        }
    }

    @Test
    void recoveryLetsGoOfWhatItOpened() throws Exception {
        Wal wal = JWal.open(
                TestLogs.config(medium).segmentSize(ByteSize.ofMebibytes(1)).build());
        append(wal, 1, 1000);
        medium.kill();
        CountedStore store = new CountedStore(medium.open());
        try (Wal again = JWal.open(TestLogs.config(medium).store(store).build())) {
            assertThat(again.stats().segments().sealed()).isGreaterThan(3);
            append(again, 1001, 2000);
            again.truncateAfter(1500);
            append(again, 1501, 1600);
            again.truncateBefore(200);
            assertThat(contents(again)).isEqualTo(numbered(200, 1600));
        }
        assertThat(store.open()).isEmpty();
    }

    @Test
    void whatANetworkDoesNotDeliverIsNotSalvagedAway() throws Exception {
        medium.traits(own -> StoreTraits.remoteDefaults());
        Wal wal = open(medium);
        append(wal, 1, 10);
        medium.kill();
        for (StoreOperation operation : List.of(StoreOperation.OPEN, StoreOperation.SIZE, StoreOperation.READ)) {
            medium.faults().fail(operation, 1, Fault.ioError());
            assertThatThrownBy(() -> JWal.open(TestLogs.config(medium)
                            .onCorruption(WalConfig.OnCorruption.SALVAGE)
                            .build()))
                    .as("%s", operation)
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("no entry was harmed");
            medium.faults().clear();
        }
        try (Wal again = open(medium)) {
            assertThat(contents(again)).isEqualTo(numbered(1, 10));
            assertThat(again.stats().segments().quarantined()).isZero();
        }
    }

    @Test
    void aLogThatCannotBeOpenedLetsGoOfEverything() throws Exception {
        Wal wal = open(medium);
        append(wal, 1, 10);
        medium.kill();
        for (StoreOperation operation : StoreOperation.values()) {
            for (long nth : media.runs(12, operation.ordinal()).toArray()) {
                CountedStore store = new CountedStore(medium.open());
                medium.faults().fail(operation, nth, Fault.ioError());
                try (Wal opened = JWal.open(TestLogs.config(medium).store(store).build())) {
                    medium.faults().clear();
                    assertThat(contents(opened)).isEqualTo(numbered(1, 10));
                } catch (WalException e) {
                    assertThat(e).as(operation + " " + nth).isNotNull();
                }
                medium.faults().clear();
                assertThat(store.open()).as(operation + " " + nth).isEmpty();
            }
        }
    }

    @Test
    void onAFullStoreTheLogIsReadAndEmptied() {
        Wal wal = open(medium);
        append(wal, 1, 10);
        medium.kill();
        int first = 1;
        for (StoreOperation operation : List.of(StoreOperation.CREATE, StoreOperation.APPEND, StoreOperation.SYNC)) {
            medium.faults().fail(operation, 1, Fault.full().forGood());
            try (Wal full = open(medium)) {
                assertThat(contents(full)).isEqualTo(numbered(first, (int) full.lastIndex()));
                assertThat(full.lastIndex())
                        .isBetween(9L, 10L); // the last one was acknowledged by nothing on the store
                assertThatThrownBy(() -> full.append(bytes("x"))).isInstanceOf(WalFailedException.class);
                full.truncateBefore(++first);
                assertThat(full.firstIndex()).isEqualTo(first);
            }
            medium.faults().clear();
            Wal again = open(medium);
            assertThat(contents(again)).isEqualTo(numbered(first, 10));
            medium.kill();
        }
    }

    @Test
    void aFullStoreCanBeEmptied() {
        Wal wal = open(medium);
        append(wal, 1, 10);
        wal.sync();
        medium.faults().fail(StoreOperation.CREATE, 1, Fault.full().forGood());
        medium.faults().fail(StoreOperation.APPEND, 1, Fault.full().forGood());
        wal.truncateBefore(11);
        assertThat(wal.isEmpty()).isTrue();
        assertThatThrownBy(() -> wal.append(bytes("x"))).isInstanceOf(WalFailedException.class);
        medium.faults().clear();
        assertThat(wal.append(bytes("e11"))).isEqualTo(11);
        wal.close();
        assertThat(TestLogs.segments(medium)).hasSize(1);
    }

    @Test
    void aFullStoreIsEmptiedWithWhatWaitsForRoomToBeCopied() {
        Wal wal = open(medium);
        append(wal, 1, 10);
        wal.sync();
        medium.kill();
        medium.faults().fail(StoreOperation.CREATE, 1, Fault.full().forGood());
        try (Wal full = open(medium)) {
            long last = full.lastIndex();
            full.truncateBefore(last);
            assertThat(full.read(last)).isEqualTo(bytes("e" + last));
            assertThatThrownBy(() -> full.append(bytes("x"))).isInstanceOf(WalFailedException.class);
            medium.faults().clear();
            assertThat(full.append(bytes("e11"))).isEqualTo(11);
            assertThat(full.lastIndex()).isEqualTo(11);
        }
    }

    @Test
    void triesOnAFullStoreLeaveNothingBehind() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 3);
            wal.truncateAfter(2);
            medium.faults().fail(StoreOperation.APPEND, 1, Fault.full().forGood());
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> wal.append(bytes("x"))).isInstanceOf(WalFailedException.class);
            }
            assertThat(TestLogs.segments(medium)).hasSize(1);
            medium.faults().clear();
            assertThat(wal.append(bytes("e3"))).isEqualTo(3);
        }
    }

    @Test
    void aSegmentAheadThatCannotBeMadeIsTriedAgain() {
        try (Wal wal = open(medium)) {
            wal.append(bytes("e1"));
            medium.faults().fail(StoreOperation.CREATE, 1, Fault.ioError());
            wal.append(new byte[2500]);
            await().until(() -> medium.faults().calls(StoreOperation.CREATE) >= 2);
            for (int i = 0; i < 10; i++) {
                wal.append(new byte[2500]);
            }
            wal.sync();
            assertThat(wal.lastIndex()).isEqualTo(12);
        }
    }

    @Test
    void whoWasReplacedWhileCopyingIsFenced() throws Exception {
        Wal dead = open(medium);
        append(dead, 1, 10);
        medium.kill();
        Gate copying = medium.faults().block(StoreOperation.CREATE, 1);
        Background<Wal> replaced = Background.call(() -> open(medium));
        copying.awaitReached();
        try (Wal newer = open(medium)) { // has deleted what the other one is about to copy
            copying.release();
            assertThat(replaced.failure()).isInstanceOf(FencedException.class);
            assertThat(newer.append(bytes("e11"))).isEqualTo(11);
            assertThat(contents(newer)).isEqualTo(numbered(1, 11));
        }
    }

    @Test
    void damageIsRefusedAndSalvagedAndSetAside() throws Exception {
        Wal wal = open(medium);
        append(wal, 1, 10);
        medium.kill();
        SegmentId segment = TestLogs.segments(medium).get(0);
        medium.flip(segment, 64 + 40 + 8 + 5 * 56, 1);
        assertThatThrownBy(() -> open(medium)).isInstanceOf(CorruptLogException.class);
        try (WalReader reader = TestLogs.reader(medium)) {
            assertThat(contents(reader)).isEqualTo(numbered(1, 5));
            assertThatThrownBy(() -> reader.cursor(6).next()).isInstanceOf(CorruptLogException.class);
        }
        WalConfig salvage = TestLogs.config(medium)
                .onCorruption(WalConfig.OnCorruption.SALVAGE)
                .build();
        try (Wal salvaged = JWal.open(salvage)) {
            assertThat(contents(salvaged)).isEqualTo(numbered(1, 5));
            assertThat(salvaged.stats().segments().quarantined()).isEqualTo(1);
            append(salvaged, 6, 8);
        }
        try (Wal again = open(medium)) {
            assertThat(contents(again)).isEqualTo(numbered(1, 8));
            assertThat(TestLogs.segments(medium)).contains(segment);
        }
    }

    @Test
    void salvageGoesPastDamageAndPastNothingElse() throws Exception {
        medium.traits(own -> StoreTraits.localDefaults());
        Wal wal = open(medium);
        int last = 0;
        while (wal.stats().segments().sealed() == 0) { // however slow segments are made
            append(wal, last + 1, last + 50);
            last += 50;
        }
        medium.kill();
        LogManifest.Segment torn =
                TestLogs.manifest(medium).segments(LogManifest.State.OPEN).get(0);
        int sound = (int) (TestLogs.manifest(medium).segments(LogManifest.State.SEALED).stream()
                .mapToLong(LogManifest.Segment::lastIndex)
                .max()
                .orElse(0));
        assertThat(sound).isBetween(1, last - 1);
        for (IOException passing : List.of(
                new StoreUnreadableException("its key is missing"),
                new StoreException("Stale file handle"),
                new IOException("Connection timed out"))) {
            assertThatThrownBy(() -> JWal.open(salvaging(torn.id(), passing)))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining(passing.getMessage())
                    .hasMessageContaining("no entry was harmed");
        }
        try (WalReader reader = TestLogs.reader(medium)) {
            assertThat(contents(reader)).isEqualTo(numbered(1, last));
        }
        try (Wal salvaged = JWal.open(salvaging(torn.id(), new StoreCorruptException("Input/output error")))) {
            assertThat(contents(salvaged)).isEqualTo(numbered(1, sound));
            assertThat(salvaged.stats().segments().quarantined()).isPositive();
            append(salvaged, sound + 1, sound + 3);
        }
        try (Wal again = open(medium)) {
            assertThat(contents(again)).isEqualTo(numbered(1, sound + 3));
            assertThat(TestLogs.segments(medium)).contains(torn.id());
        }
    }

    /** Of a log one of whose segments cannot be opened. */
    private WalConfig salvaging(SegmentId unreadable, IOException why) {
        Store store = medium.open();
        Store failing = (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openSegment") && arguments[0].equals(unreadable)) {
                        throw why;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return TestLogs.config(medium)
                .store(failing)
                .onCorruption(WalConfig.OnCorruption.SALVAGE)
                .build();
    }

    @Test
    void aShorterLogThanExpectedIsCorruptAlsoForReaders() {
        try (Wal wal = open(medium)) {
            append(wal, 1, 10);
        }
        assertThatThrownBy(() -> open(medium, OpenOption.expectLastIndex(11))).isInstanceOf(CorruptLogException.class);
        try (WalReader reader = JWal.openReader(TestLogs.config(medium).build(), OpenOption.expectLastIndex(11))) {
            assertThat(contents(reader)).isEqualTo(numbered(1, 10));
            assertThatThrownBy(() -> reader.cursor(11).next()).isInstanceOf(CorruptLogException.class);
        }
        try (Wal wal = open(medium, OpenOption.expectLastIndex(10))) {
            assertThat(contents(wal)).isEqualTo(numbered(1, 10));
        }
    }
}
