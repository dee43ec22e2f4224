package io.jwal.store.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.WalConfig;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tiered.ArchiveReport.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who looks at an archive while it changes finds nothing lost, and no damage. */
@Timeout(120)
class LookingBesideArchiverTest {
    private final Machine machine = Machine.fresh();

    /** Runs something before the first call of a method, on the thread that calls. */
    private static Store interrupted(Store store, String at, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return WatchedStore.of(store, new WatchedStore.Watcher() {
            @Override
            public void before(String method) {
                if (method.equals(at) && done.compareAndSet(false, true)) {
                    action.run();
                }
            }

            @Override
            public void after(String method) {}
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"listSegments", "openSegment"})
    void whatTheLogDropsMeanwhileIsNotLost(String between) throws IOException {
        try (Wal wal = machine.open()) {
            machine.append(wal, 4);
            Machine.awaitArchived(wal, 3);
            Runnable truncate = () -> {
                wal.truncateBefore(3);
                Machine.await(() -> Machine.segments(machine.archive).size() == 1);
            };
            try (Store hot = machine.hot.open();
                    Store archive = interrupted(machine.archive.open(), between, truncate)) {
                ArchiveReport report = ArchiveReport.verify(hot, archive, machine.keys(), done -> {});
                assertThat(report.segments())
                        .extracting(ArchiveReport.Segment::firstIndex, ArchiveReport.Segment::standing)
                        .containsExactly(tuple(3L, Standing.FOUND));
            }
        }
    }

    @Test
    void whatTheLogDropsBeforeItIsArchivedIsNotLost() throws IOException {
        try (Wal wal = machine.open()) {
            machine.archive
                    .faults()
                    .fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
            machine.append(wal, 4);
            Runnable truncate = () -> {
                wal.truncateBefore(3);
                Machine.await(() -> Machine.segments(machine.hot).size() == 3);
            };
            try (Store hot = interrupted(machine.hot.open(), "listSegments", truncate);
                    Store archive = machine.archive.open()) {
                ArchiveReport report = ArchiveReport.look(hot, archive, machine.keys());
                assertThat(report.segments())
                        .extracting(ArchiveReport.Segment::firstIndex, ArchiveReport.Segment::standing)
                        .containsExactly(tuple(3L, Standing.DELAYED));
            }
            machine.archive.faults().clear();
        }
    }

    /** A manifest names every segment of the log, and each look at it costs a request. */
    @Test
    void howeverMuchIsLostTheManifestIsReadAgainOnce() throws IOException {
        try (Wal wal = machine.open()) {
            machine.append(wal, 6);
            Machine.awaitArchived(wal, 5);
        }
        try (Store archive = machine.archive.open()) {
            archive.claimWriter();
            for (SegmentId piece : archive.listSegments()) {
                archive.deleteSegment(piece);
            }
        }
        try (Store hot = machine.hot.open();
                Store archive = machine.archive.open()) {
            long before = machine.archive.faults().calls(StoreOperation.READ_REGISTER);
            assertThat(ArchiveReport.look(hot, archive, machine.keys()).segments())
                    .hasSizeGreaterThan(4)
                    .allSatisfy(segment -> assertThat(segment.standing()).isEqualTo(Standing.LOST));
            assertThat(machine.archive.faults().calls(StoreOperation.READ_REGISTER) - before)
                    .isEqualTo(2);
        }
    }

    private WalConfig archive() {
        return Machine.small(WalConfig.builder()
                .store(new StoreSpec(
                        "archive",
                        new ArchiveStoreConfig(TestStoreProvider.spec(machine.archive::open), machine.keys()))));
    }

    @Test
    void aTailThatGrowsIsNoDamage() {
        machine.shipping(Duration.ofMillis(10));
        try (Wal wal = machine.open();
                LogInspector inspector = LogInspector.open(archive())) {
            for (int index = 1; index <= 3; index++) {
                Machine.appendShort(wal);
                Machine.awaitArchived(wal, index);
                Verification found = inspector.verify((done, all) -> {});
                assertThat(found.findings()).isEmpty();
                assertThat(found.lastIndex()).isEqualTo(index);
            }
        }
    }

    @Test
    void aTailThatIsReplacedByTheWholeIsNoDamage() {
        machine.shipping(Duration.ofMillis(10));
        try (Wal wal = machine.open()) {
            Machine.appendShort(wal);
            Machine.awaitArchived(wal, 1);
            try (WalReader reader = machine.archiveReader()) {
                assertThat(reader.read(1)).isNotEmpty();
                Machine.appendShort(wal);
                Gate deleting = machine.archive.faults().block(StoreOperation.DELETE, 1);
                machine.append(wal, 2);
                try {
                    deleting.awaitReached();
                    assertThat(reader.read(2)).isEqualTo("2 0 short".getBytes(StandardCharsets.UTF_8));
                } finally {
                    deleting.release();
                }
            }
        }
    }
}
