package io.jwal.store.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jwal.Wal;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tiered.ArchiveReport.Standing;
import java.io.IOException;
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
}
