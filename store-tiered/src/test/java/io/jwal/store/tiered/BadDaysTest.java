package io.jwal.store.tiered;

import static io.jwal.store.tiered.Machine.await;
import static io.jwal.store.tiered.Machine.awaitArchived;
import static io.jwal.store.tiered.Machine.counter;
import static io.jwal.store.tiered.Machine.range;
import static io.jwal.store.tiered.Machine.segments;
import static io.jwal.store.tiered.Machine.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.LogLockedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalFailedException;
import io.jwal.WalReader;
import io.jwal.core.OpenOption;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around an archive, and what it does to the log. */
class BadDaysTest {
    private final Machine machine = fresh();

    Machine fresh() {
        return Machine.fresh();
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreOperation.class,
            names = {"CLAIM", "READ_REGISTER", "WRITE_REGISTER", "CREATE", "APPEND", "SYNC", "SEAL", "OPEN", "READ"})
    void anArchiveThatIsDownForAWholeRunStopsNothingAndCatchesUp(StoreOperation down) {
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
        }
        machine.archive.faults().fail(down, 1, Fault.ioError().forGood());
        machine.closeWait(Duration.ZERO).keepingNothingHot();
        try (Wal wal = machine.open()) {
            machine.append(wal, 10);
            await(() -> counter(wal, "archive.failures") > 0 && counter(wal, "archive.reachable") == 0);
            assertThat(counter(wal, "archive.backlog.bytes")).isPositive();
            assertThat(wal.read(12)).isEqualTo(Machine.entry(12));
        }
        machine.archive.faults().clear();
        try (Wal wal = machine.open()) {
            awaitArchived(wal, 11);
            assertThat(told(wal)).isEqualTo(range(1, 12));
        }
    }

    @Test
    void anArchiveThatIsFullIsTriedAgain() {
        machine.archive.faults().fail(StoreOperation.APPEND, 1, Fault.full().forGood());
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
            await(() -> counter(wal, "archive.failures") > 0);
            assertThat(counter(wal, "archive.backlog.bytes")).isGreaterThan(15_000);
            machine.archive.faults().clear();
            awaitArchived(wal, 4);
            await(() -> counter(wal, "archive.backlog.bytes") == 0);
        }
        assertThat(machine.archived().orElseThrow().copies()).hasSameSizeAs(segments(machine.archive));
    }

    @Test
    void aLostAnswerOfTheArchiveIsLookedUp() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
            awaitArchived(wal, 1);
            machine.archive
                    .faults()
                    .fail(StoreOperation.WRITE_REGISTER, 1, Fault.ioError().after(Fault.Effect.COMPLETE));
            machine.append(wal, 3);
            awaitArchived(wal, 4);
        }
        machine.archive.kill();
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 5));
        }
        assertThat(machine.archived().orElseThrow().copies()).hasSameSizeAs(segments(machine.archive));
    }

    /** Of a segment that was sealed its batches are verified besides; of the tail nothing but the read-back notices. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheArchiveStoresWronglyIsSentAgain(boolean shipping) throws IOException {
        machine.keepingNothingHot();
        if (shipping) {
            machine.shipping(Duration.ofMillis(10));
        }
        Gate gate = machine.archive.faults().block(StoreOperation.SEAL, 1);
        try (Wal wal = machine.open()) {
            machine.append(wal, shipping ? 1 : 2);
            gate.awaitReached();
            List<SegmentId> hot = segments(machine.hot);
            flipInTheMiddle(segments(machine.archive).get(0));
            machine.archive
                    .faults()
                    .fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
            gate.release();
            await(() -> counter(wal, "archive.failures") > 0 || counter(wal, "archive.last.index") > 0);

            assertThat(counter(wal, "archive.last.index")).isZero();
            assertThat(counter(wal, "archive.failures")).isPositive();
            assertThat(segments(machine.archive)).isEmpty();
            assertThat(segments(machine.hot)).containsAll(hot);

            machine.archive.faults().clear();
            awaitArchived(wal, 1);
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).startsWith(1L);
        }
    }

    private void flipInTheMiddle(SegmentId piece) throws IOException {
        try (Store archive = machine.archive.open();
                SegmentReader reader = archive.openSegment(piece)) {
            machine.archive.flip(piece, (int) reader.size() / 2, 1);
        }
    }

    @Test
    void damageOnTheHotSideIsNeverArchivedAsGood() throws IOException {
        machine.keepingNothingHot().closeWait(Duration.ZERO);
        Gate gate = machine.archive.faults().block(StoreOperation.CREATE, 2);
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
            gate.awaitReached();
            LogManifest.Segment third =
                    machine.log().segments(LogManifest.State.SEALED).get(2);
            machine.hot.flip(third.id(), 500, 1);
            gate.release();
            awaitArchived(wal, 2);
            await(() -> counter(wal, "archive.failures") > 1);
            assertThat(counter(wal, "archive.last.index")).isEqualTo(2);
            assertThatThrownBy(() -> wal.read(3))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining(third.id().toString());
            assertThat(segments(machine.hot)).contains(third.id());

            wal.truncateBefore(4); // it is given up: what follows is archived again
            awaitArchived(wal, 4);
        }
        assertThat(machine.archived().orElseThrow().image().firstIndex()).isEqualTo(4);
    }

    @Test
    void aDamagedHotCopyIsReadFromTheArchive() throws IOException {
        try (Wal wal = machine.open()) {
            machine.append(wal, 6);
            awaitArchived(wal, 5);
            assertThat(told(wal)).isEqualTo(range(1, 6));
            SegmentId second = sealed(1);
            machine.hot.flip(second, 500, 1); // an entry's bytes
            machine.hot.flip(sealed(2), 20, 1); // a header, which nobody reads while the trailer verifies
            machine.hot.cut(sealed(3), 3_000);
        }
        try (Wal wal = machine.open()) {
            assertThat(told(wal)).isEqualTo(range(1, 6));
            assertThat(counter(wal, "archive.fallbacks")).isEqualTo(2);
            assertThat(wal.read(2)).isEqualTo(Machine.entry(2));
            assertThat(counter(wal, "archive.fallbacks")).isEqualTo(2);
        }
        try (WalReader reader = machine.reader()) {
            assertThat(told(reader)).isEqualTo(range(1, 6));
        }
    }

    @Test
    void threadsThatMeetADamagedHotCopyTogetherAllReadTheArchives() throws Exception {
        int segments = 20;
        try (Wal wal = machine.open()) {
            machine.append(wal, segments + 1);
            awaitArchived(wal, segments);
        }
        for (int i = 0; i < segments; i++) {
            machine.hot.flip(sealed(i), 500, 1);
        }
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (WalReader reader = machine.reader()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    for (long index = 1; index <= segments; index++) {
                        together.await(1, TimeUnit.MINUTES);
                        assertThat(reader.read(index)).isEqualTo(Machine.entry(index));
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
            assertThat(counter(reader, "archive.fallbacks")).isEqualTo(segments);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aCursorThatStandsInADamagedHotCopyGoesOnInTheArchives() throws IOException {
        try (Wal wal = machine.open()) {
            for (int i = 0; i < 3; i++) {
                Machine.appendShort(wal);
            }
        }
        machine.hot.flip(segments(machine.hot).get(0), 64 + 64 + 40 + 8, 1); // the second entry
        try (WalReader reader = machine.reader();
                Cursor one = reader.cursor(1);
                Cursor other = reader.cursor(1)) {
            for (Cursor cursor : List.of(one, other)) {
                assertThat(cursor.next()).isTrue();
            }
            for (Cursor cursor : List.of(one, other)) {
                assertThat(cursor.next()).isTrue();
                assertThat(UTF_8.decode(cursor.entry()).toString()).startsWith("2 ");
            }
        }
    }

    private SegmentId sealed(int number) {
        return machine.log().segments(LogManifest.State.SEALED).get(number).id();
    }

    @Test
    void aHotDiskThatCannotReadIsHelpedByTheArchive() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 4);
            awaitArchived(wal, 3);
            assertThat(wal.read(2)).isEqualTo(Machine.entry(2));
            machine.hot.faults().fail(StoreOperation.READ, 1, Fault.ioError());
            assertThat(wal.read(2)).isEqualTo(Machine.entry(2));
            assertThat(counter(wal, "archive.fallbacks")).isEqualTo(1);
        }
    }

    @Test
    void damageInTheArchiveAfterTheHotCopyWentHarmsOnlyWhatItHits() throws IOException {
        machine.keepingNothingHot();
        try (Wal wal = machine.open()) {
            machine.append(wal, 6);
        }
        Copy third = machine.archived().orElseThrow().copies().get(2);
        machine.archive.flip(third.pieces().get(0).id(), 150, 1);
        Copy fourth = machine.archived().orElseThrow().copies().get(3);
        machine.archive.lose(fourth.pieces().get(0).id());
        try (Wal wal = machine.open()) {
            assertThatThrownBy(() -> wal.read(3))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("entry 3");
            assertThatThrownBy(() -> wal.read(4))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("missing");
            for (long index : new long[] {1, 2, 5, 6}) {
                assertThat(wal.read(index)).isEqualTo(Machine.entry(index));
            }
            machine.append(wal, 1);
        }
    }

    @Test
    void aHotCopyWhoseArchivedOneIsLostHoldsNoOther() throws IOException {
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
        }
        SegmentId first = sealed(0);
        SegmentId piece = piece(0);
        machine.archive.lose(piece);
        machine.keepingNothingHot();
        try (Wal wal = machine.open()) {
            machine.append(wal, 3);
            awaitArchived(wal, 7);
            await(() -> counter(wal, "hot.copies.removed") >= 6);
            assertThat(counter(wal, "hot.copies.held")).isEqualTo(1);
            assertThat(segments(machine.hot)).contains(first);
            assertThat(told(wal)).isEqualTo(range(1, 8));
            wal.truncateBefore(2);
            machine.append(wal, 1);
            await(() -> counter(wal, "hot.copies.held") == 0);
        }
    }

    private SegmentId piece(int number) {
        return machine.archived()
                .orElseThrow()
                .copies()
                .get(number)
                .pieces()
                .get(0)
                .id();
    }

    @Test
    void aSegmentThatIsTruncatedWhileItIsArchivedIsLeftOut() {
        Gate gate = machine.archive.faults().block(StoreOperation.SEAL, 2);
        try (Wal wal = machine.open()) {
            machine.append(wal, 6);
            gate.awaitReached();
            wal.truncateBefore(4);
            gate.release();
            awaitArchived(wal, 5);
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(4, 6));
        }
        assertThat(machine.archived().orElseThrow().copies()).hasSameSizeAs(segments(machine.archive));
    }

    @Test
    void aSegmentThatIsCutWhileItIsArchivedIsArchivedAsItIsThen() {
        Gate gate = machine.archive.faults().block(StoreOperation.SEAL, 3);
        try (Wal wal = machine.open()) {
            machine.append(wal, 6);
            gate.awaitReached();
            wal.truncateAfter(2);
            machine.append(wal, 2);
            gate.release();
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 4));
        }
        assertThat(machine.archived().orElseThrow().image().cutCounter()).isEqualTo(1);
        assertThat(machine.archived().orElseThrow().copies()).hasSameSizeAs(segments(machine.archive));
    }

    @Test
    void joiningLosesNothingOfTheArchiveWhenDisasterFollows() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
            Machine.appendShort(wal);
        }
        assertThat(machine.archived().orElseThrow().lastIndex()).isEqualTo(3);
        machine.closeWait(Duration.ZERO);
        Wal wal = machine.open();
        Machine.appendShort(wal); // joins the segment of entry 3 to a new one, and the hot store drops it
        assertThat(machine.log().segments(LogManifest.State.SEALED)).hasSize(2);
        long looks = machine.hot.faults().calls(StoreOperation.READ_REGISTER);
        wal.truncateBefore(2);
        await(() -> machine.hot.faults().calls(StoreOperation.READ_REGISTER) > looks);
        machine.hot.kill();
        assertThatThrownBy(wal::close).isInstanceOf(RuntimeException.class);
        try (Wal again = machine.replacement().open(OpenOption.takeover())) {
            assertThat(told(again)).isEqualTo(range(1, 3)); // the log as it was before
        }
    }

    @Test
    void aCutOfAnArchivedSegmentThenDisaster() {
        try (Wal wal = machine.open()) {
            wal.appendAll(List.of(Machine.entry(1), Machine.entry(2), Machine.entry(3)));
        }
        try (Wal wal = machine.open()) {
            wal.truncateAfter(2);
            await(() -> machine.archived().orElseThrow().lastIndex() == 2);
            machine.append(wal, 2);
        }
        try (Wal again = machine.replacement().open(OpenOption.takeover())) {
            assertThat(told(again)).isEqualTo(range(1, 4));
        }
    }

    @Test
    void aHotDiskThatIsFullGoesOnWhenTheArchiveHasCaughtUp() {
        machine.archive.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        machine.keepingNothingHot();
        try (Wal wal = machine.open()) {
            machine.append(wal, 3);
            machine.hot.faults().fail(StoreOperation.APPEND, 1, Fault.full());
            await(
                    () -> { // the first to notice is an append, or the seal behind it
                        try {
                            wal.append(Machine.entry(wal.lastIndex() + 1));
                            return false;
                        } catch (WalFailedException e) {
                            return e.getMessage().contains("no space left");
                        }
                    });
            assertThat(told(wal)).startsWith(1L, 2L, 3L);
            machine.archive.faults().clear();
            await(() -> counter(wal, "hot.copies.removed") >= 2); // this makes room
        }
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
            assertThat(told(wal)).isEqualTo(range(1, wal.lastIndex()));
        }
    }

    @Test
    void appendsWaitForAnArchiveThatIsTooFarBehind() {
        machine.archive.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        machine.backlog(ByteSize.ofKibibytes(12), Duration.ofMinutes(1));
        try (Wal wal = machine.open()) {
            machine.append(wal, 3);
            var last = wal.appendAsync(Machine.entry(4)); // with it a third segment of 5 KB is sealed
            await(() -> machine.log().segments(LogManifest.State.SEALED).size() == 3);
            var waiting = wal.appendAsync(Machine.entry(5));
            await(() -> counter(wal, "archive.failures") > 1);
            assertThat(waiting).isNotDone();
            machine.archive.faults().clear();
            assertThat(last.join()).isEqualTo(4);
            assertThat(waiting.join()).isEqualTo(5);
        }
    }

    @Test
    void anAppendThatWaitsTooLongPoisonsTheLog() {
        machine.archive.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        machine.backlog(ByteSize.ofKibibytes(12), Duration.ofMillis(20)).closeWait(Duration.ZERO);
        try (Wal wal = machine.open()) {
            machine.append(wal, 3);
            assertThatThrownBy(() -> {
                        wal.append(Machine.entry(4));
                        await(() ->
                                machine.log().segments(LogManifest.State.SEALED).size() == 3);
                        wal.append(Machine.entry(5));
                    })
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("maxBacklog");
            assertThat(told(wal)).startsWith(1L, 2L, 3L);
        }
    }

    @Test
    void twoLogsDoNotShareAnArchive() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 1);
        }
        Machine other = new Machine(new CrashMedium(), machine.archive);
        assertThatThrownBy(other::open).isInstanceOf(StoreFailedException.class);

        machine.archive.locking(true);
        try (Wal wal = machine.open()) {
            assertThatThrownBy(other::open).isInstanceOf(LogLockedException.class);
            machine.append(wal, 1);
        }
    }

    @Test
    void aDamagedRegisterOfTheArchiveIsSaid() throws IOException {
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
        }
        rewrite(machine, ArchiveManifest.REGISTER);
        assertThatThrownBy(machine::archiveReader)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("tiered-archive");
        try (Wal wal = machine.open()) { // the hot copies are all there
            assertThat(told(wal)).isEqualTo(range(1, 2));
            await(() -> counter(wal, "archive.failures") > 0);
        }
    }

    private static void rewrite(Machine machine, String register) throws IOException {
        try (var store = machine.archive.open();
                var claim = store.claimWriter()) {
            var found = store.readRegister(register).orElseThrow();
            byte[] bytes = new byte[found.content().remaining()];
            found.content().get(bytes);
            bytes[40] ^= 1;
            store.writeRegister(register, found.version(), ByteBuffer.wrap(bytes));
            assertThat(claim).isNotNull();
        }
    }
}
