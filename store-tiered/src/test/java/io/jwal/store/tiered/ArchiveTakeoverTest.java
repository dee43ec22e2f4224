package io.jwal.store.tiered;

import static io.jwal.store.tiered.Machine.awaitArchived;
import static io.jwal.store.tiered.Machine.range;
import static io.jwal.store.tiered.Machine.segments;
import static io.jwal.store.tiered.Machine.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.FencedException;
import io.jwal.LogNotFoundException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.StoreSpec;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A machine is lost, or only seems to be, and another one goes on. */
class ArchiveTakeoverTest {
    private static final Duration ARCHIVERS_TURN = Duration.ofMillis(200);

    private final Machine lost = fresh();
    private final Machine next = lost.replacement();

    Machine fresh() {
        return Machine.fresh();
    }

    private void write(Machine machine, int count) {
        try (Wal wal = machine.open()) {
            machine.append(wal, count);
        }
    }

    @Test
    void anEmptyDiskBesideAnArchiveIsNotTakenForTheLog() {
        write(lost, 5);
        Map<String, String> before = lost.archive.describe();

        assertThatThrownBy(next::open)
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the hot store is empty, but the archive holds the log up to entry 5")
                .hasMessageContaining("mount it")
                .hasMessageContaining("wal archive takeover");
        assertThatThrownBy(next::reader).isInstanceOf(LogNotFoundException.class);
        assertThat(next.hot.describe()).isEmpty();
        assertThat(lost.archive.describe()).isEqualTo(before);
        try (Wal wal = lost.open()) { // the disk is mounted again
            assertThat(told(wal)).isEqualTo(range(1, 5));
        }
    }

    @Test
    void aTakeoverGoesOnWithAllThatWasArchived() {
        write(lost, 5);
        try (Wal wal = next.open(OpenOption.takeover())) {
            assertThat(told(wal)).isEqualTo(range(1, 5));
            next.append(wal, 3);
            awaitArchived(wal, 7);
            assertThat(told(wal)).isEqualTo(range(1, 8));
        }
        try (Wal wal = next.open(OpenOption.takeover())) { // asked for again, it is an opening as any other
            assertThat(told(wal)).isEqualTo(range(1, 8));
        }
        try (WalReader archive = next.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 8));
        }
    }

    @Test
    void aTakeoverGoesOnWithTheTailThatWasShipped() {
        lost.shipping(Duration.ofMillis(10)).closeWait(Duration.ZERO);
        Wal wal = lost.open();
        lost.append(wal, 4);
        awaitArchived(wal, 4);
        lost.hot.kill();
        assertThatThrownBy(wal::close).isInstanceOf(RuntimeException.class);

        try (Wal again = next.open(OpenOption.takeover())) {
            assertThat(told(again)).isEqualTo(range(1, 4));
            next.append(again, 2);
        }
        try (WalReader archive = next.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 6));
        }
    }

    @Test
    void theLostMachineIsFencedWhenItComesBackAndLeftWhole() throws Exception {
        lost.closeWait(Duration.ZERO);
        Wal wal = lost.open();
        lost.append(wal, 3);
        awaitArchived(wal, 2);
        Thread.sleep(ARCHIVERS_TURN.toMillis()); // it sees the third entry, and has nothing to archive
        lost.archive.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        lost.append(wal, 3);
        lost.hot.kill();
        assertThatThrownBy(wal::close).isInstanceOf(RuntimeException.class);
        lost.archive.faults().clear();
        writeAfterTakeover(next, 4);

        Map<String, String> before = lost.hot.describe();
        assertThatThrownBy(lost::open)
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another machine has taken the archive over")
                .hasMessageContaining("export");
        assertThat(lost.hot.describe()).isEqualTo(before);
        try (WalReader export = lost.reader()) {
            assertThat(told(export)).isEqualTo(range(1, 6));
        }
    }

    private void writeAfterTakeover(Machine machine, int count) {
        try (Wal wal = machine.open(OpenOption.takeover())) {
            assertThat(wal.lastIndex()).isEqualTo(2);
            machine.append(wal, count);
        }
    }

    @Test
    void aMachineThatSleptPastTheTakeoverLearnsItFromItsArchiver() {
        lost.keepingNothingHot();
        Wal slept = lost.open();
        lost.append(slept, 3);
        awaitArchived(slept, 2);
        try (Wal wal = next.open(OpenOption.takeover())) {
            next.append(wal, 2);
            Map<String, String> archive = next.archive.describe();
            int hot = segments(lost.hot).size();

            Machine.await(
                    () -> { // the hot disk acknowledges, as promised, until the archiver learns
                        try {
                            slept.append(Machine.entry(slept.lastIndex() + 1));
                            return false;
                        } catch (FencedException e) {
                            return true;
                        }
                    });
            assertThat(next.archive.describe().keySet()).containsAll(archive.keySet());
            assertThat(segments(lost.hot).size()).isGreaterThanOrEqualTo(hot);
            assertThat(told(wal)).isEqualTo(range(1, wal.lastIndex()));
        }
        slept.close();
        assertThatThrownBy(lost::open).isInstanceOf(FencedException.class);
    }

    @Test
    void noTwoSegmentsShareAnIdThoughTheArchiveLagged() {
        write(lost, 2);
        lost.archive.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        lost.closeWait(Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            write(lost, 1); // five epochs that the archive knows nothing of
        }
        lost.archive.faults().clear();
        Set<SegmentId> old = ids(lost);
        try (Wal wal = next.open(OpenOption.takeover())) {
            next.append(wal, 5);
        }
        Set<SegmentId> shared = new HashSet<>(ids(next));
        shared.retainAll(old);
        assertThat(shared).allMatch(id -> next.archived().orElseThrow().copy(id).isPresent());
        assertThat(next.log().epoch()).isGreaterThan(lost.log().epoch() + 1_000_000);
        try (WalReader archive = next.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, archive.lastIndex()));
        }
    }

    private static Set<SegmentId> ids(Machine machine) {
        Set<SegmentId> ids = new HashSet<>();
        machine.log().segments().stream().map(LogManifest.Segment::id).forEach(ids::add);
        return ids;
    }

    @Test
    void aCrashBetweenTheWritesOfATakeoverNeedsATakeoverAgain() {
        for (Fault.Effect effect : new Fault.Effect[] {Fault.Effect.NONE, Fault.Effect.COMPLETE}) {
            for (int step = 1; step <= 5; step++) {
                Machine old = Machine.fresh();
                write(old, 5);
                Machine fresh = old.replacement();
                boolean archive = step == 1;
                CrashMedium failing = archive ? fresh.archive : fresh.hot;
                failing.faults()
                        .fail(
                                StoreOperation.WRITE_REGISTER,
                                archive ? 1 : step - 1,
                                Fault.ioError().after(effect));
                assertThatThrownBy(() -> fresh.open(OpenOption.takeover()))
                        .as("step %d, %s", step, effect)
                        .isInstanceOf(StoreFailedException.class);
                failing.faults().clear();
                fresh.hot.crash(step);

                boolean done = step == 5 && effect == Fault.Effect.COMPLETE;
                if (!done) {
                    assertThatThrownBy(fresh::open)
                            .as("step %d, %s", step, effect)
                            .isInstanceOf(StoreFailedException.class)
                            .hasMessageContaining("takeover");
                }
                try (Wal wal = done ? fresh.open() : fresh.open(OpenOption.takeover())) {
                    assertThat(told(wal)).isEqualTo(range(1, 5));
                    fresh.append(wal, 1);
                }
                if (!(archive && effect == Fault.Effect.NONE)) {
                    assertThatThrownBy(old::open).isInstanceOf(FencedException.class);
                }
            }
        }
    }

    @Test
    void whereTheArchiveIsOutOfReachAnEmptyDiskTellsNothing() {
        next.archive.faults().fail(StoreOperation.CLAIM, 1, Fault.ioError().forGood());

        assertThatThrownBy(next::open)
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("out of reach")
                .hasMessageContaining("cannot be told");
        next.archive.faults().clear();
        write(next, 2);
    }

    @Test
    void aLogThatWasNeverArchivedGetsAnArchiveAndTakesNoOther() {
        WalConfig plain = Machine.small(WalConfig.builder().store(lost.hot.open()));
        try (Wal wal = JWal.open(plain)) {
            lost.append(wal, 5);
        }
        write(lost, 1);
        assertThat(lost.archived().orElseThrow().lastIndex()).isEqualTo(6);

        try (Wal wal = JWal.open(Machine.small(WalConfig.builder().store(next.hot.open())))) {
            next.append(wal, 1);
        }
        assertThatThrownBy(next::open).hasMessageContaining("an archive of its own");
        assertThatThrownBy(() -> next.open(OpenOption.takeover())).hasMessageContaining("an archive of its own");
    }

    @Test
    void anArchiveThatIsGoneIsNotBegunAgain() {
        write(lost, 3);
        Machine elsewhere = new Machine(lost.hot, new CrashMedium());

        assertThatThrownBy(elsewhere::open)
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("this log was archived before");
        assertThat(elsewhere.archive.describe()).isEmpty();
    }

    @Test
    void anArchiveIsReadButNeverWritten() {
        write(lost, 3);
        WalConfig alone = WalConfig.builder()
                .store(new StoreSpec(
                        "archive", new ArchiveStoreConfig(TestStoreProvider.spec(lost.archive::open), null)))
                .build();
        assertThatThrownBy(() -> JWal.open(alone)).hasMessageContaining("an archive is only read");
    }
}
