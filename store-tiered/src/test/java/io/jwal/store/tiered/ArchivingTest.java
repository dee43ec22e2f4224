package io.jwal.store.tiered;

import static io.jwal.store.tiered.Machine.await;
import static io.jwal.store.tiered.Machine.awaitArchived;
import static io.jwal.store.tiered.Machine.counter;
import static io.jwal.store.tiered.Machine.range;
import static io.jwal.store.tiered.Machine.segments;
import static io.jwal.store.tiered.Machine.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.OpenOption;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreOperation;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the archiver does on good days. */
class ArchivingTest {
    private final Machine machine = fresh();

    Machine fresh() {
        return Machine.fresh();
    }

    @Test
    void whatIsSealedIsArchived() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 20);
            awaitArchived(wal, 19);
            assertThat(counter(wal, "archive.last.index")).isEqualTo(19);
            assertThat(counter(wal, "archive.segments")).isEqualTo(19);
        }
        assertThat(machine.archived().orElseThrow().lastIndex()).isEqualTo(20); // closing seals
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 20));
        }
    }

    @Test
    void whatIsArchivedIsReadFromTheArchiveWhenItsHotCopyIsGone() {
        machine.keepingNothingHot();
        try (Wal wal = machine.open()) {
            machine.append(wal, 20);
            assertThat(told(wal)).isEqualTo(range(1, 20)); // hot readers are open when their segments go
            await(() -> counter(wal, "hot.copies.removed") >= 19);
            assertThat(told(wal)).isEqualTo(range(1, 20));
            try (WalReader follower = machine.reader()) {
                assertThat(told(follower)).isEqualTo(range(1, 20));
            }
        }
        assertThat(segments(machine.hot)).isEmpty();
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
            assertThat(told(wal)).isEqualTo(range(1, 25));
        }
    }

    @Test
    void hotCopiesStayWithinTheirBound() {
        machine.keepHot(new TieredStoreConfig.KeepHot(ByteSize.ofKibibytes(12), null));
        try (Wal wal = machine.open()) {
            machine.append(wal, 40);
        }
        long kept = machine.log().segments().stream()
                .filter(segment -> segments(machine.hot).contains(segment.id()))
                .mapToLong(LogManifest.Segment::bytes)
                .sum();
        assertThat(kept).isBetween(10_000L, 12L << 10);
    }

    @Test
    void theTailIsShippedWhileItIsWritten() {
        machine.shipping(Duration.ofMillis(10));
        try (Wal wal = machine.open()) {
            for (int i = 1; i <= 6; i++) {
                machine.append(wal, 1);
                awaitArchived(wal, i);
            }
            assertThat(counter(wal, "archive.backlog.bytes")).isZero();
            try (WalReader archive = machine.archiveReader()) {
                assertThat(told(archive)).isEqualTo(range(1, 6));
            }
        }
    }

    @Test
    void whatIsTruncatedLeavesTheArchiveToo() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 30);
            awaitArchived(wal, 20);
            int before = segments(machine.archive).size();
            wal.truncateBefore(18);
            await(() -> machine.archived().orElseThrow().image().firstIndex() == 18);
            await(() -> segments(machine.archive).size() < before);
            wal.truncateAfter(25);
            machine.append(wal, 1);
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(18, 26));
        }
        assertThat(machine.archived().orElseThrow().copies())
                .hasSameSizeAs(segments(machine.archive)); // nothing is left over
    }

    @Test
    void whatIsTruncatedStaysInAnArchiveThatIsKept() {
        machine.keepingArchive();
        try (Wal wal = machine.open()) {
            machine.append(wal, 30);
            awaitArchived(wal, 20);
            wal.truncateBefore(18);
            machine.append(wal, 5);
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 35));
        }
        Machine other = machine.replacement().keepingArchive();
        try (Wal wal = other.open(OpenOption.takeover())) {
            assertThat(told(wal)).isEqualTo(range(18, 35));
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(1, 35));
        }
    }

    @Test
    void whatIsDroppedBeforeItIsArchivedLeavesAGapInAnArchiveThatIsKept() {
        machine.keepingArchive();
        Gate gate = machine.archive.faults().block(StoreOperation.CREATE, 2);
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
            gate.awaitReached();
            wal.truncateBefore(4);
            gate.release();
            awaitArchived(wal, 4);
            machine.append(wal, 1);
        }
        try (Wal wal = machine.open()) {
            wal.truncateBefore(6);
            machine.append(wal, 1);
        }
        try (WalReader archive = machine.archiveReader()) {
            assertThat(told(archive)).isEqualTo(range(4, 7));
        }
        ArchiveManifest archived = machine.archived().orElseThrow();
        assertThat(archived.copies().get(0).segment().firstIndex()).isEqualTo(1);
        assertThat(archived.firstIndex()).isEqualTo(6);
        assertThat(archived.copies()).hasSameSizeAs(segments(machine.archive));
    }

    @Test
    void whatIsJoinedStaysInTheArchiveUntilItIsArchivedAnew() {
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
            Machine.appendShort(wal);
        }
        ArchiveManifest before = machine.archived().orElseThrow();
        assertThat(before.lastIndex()).isEqualTo(3);
        machine.archive.faults().fail(StoreOperation.CLAIM, 1, Fault.ioError().forGood());
        machine.closeWait(Duration.ZERO);
        try (Wal wal = machine.open()) {
            Machine.appendShort(wal);
            LogManifest log = machine.log();
            assertThat(log.segments(LogManifest.State.SEALED)).hasSize(2);
            Map<SegmentId, Copy> held = before.copies().stream()
                    .collect(Collectors.toMap(copy -> copy.segment().id(), copy -> copy));
            assertThat(ArchiveImage.of(before, log, held, false))
                    .as("an image up to entry 2 alone")
                    .isEmpty();
        }
    }

    @Test
    void hotCopiesGoWithAge() {
        machine.keepHot(new TieredStoreConfig.KeepHot(null, Duration.ZERO));
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
            await(() -> counter(wal, "hot.copies.removed") >= 4);
            assertThat(told(wal)).isEqualTo(range(1, 5));
        }
    }

    @Test
    void aNewLogBeginsThoughItsArchiveCannotBeWritten() {
        machine.archive
                .faults()
                .fail(StoreOperation.WRITE_REGISTER, 1, Fault.ioError().forGood());
        try (Wal wal = machine.open()) {
            machine.append(wal, 3);
            await(() -> counter(wal, "archive.failures") > 0);
            machine.archive.faults().clear();
            awaitArchived(wal, 2);
        }
    }

    @Test
    void whoWroteASegmentIsLetGoWhenItIsSealed() {
        List<WeakReference<Object>> writers = new CopyOnWriteArrayList<>();
        machine.through(() -> noting(machine.hot.open(), writers), machine.archive::open);
        machine.archive.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        machine.closeWait(Duration.ZERO);
        try (Wal wal = machine.open()) {
            machine.append(wal, 10);
            await(() -> {
                System.gc();
                return writers.stream().filter(writer -> writer.get() == null).count()
                        >= 8; // of eleven, one is written and one is ahead
            });
        }
    }

    private static Store noting(Store store, List<WeakReference<Object>> writers) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("createSegment")) {
                            writers.add(new WeakReference<>(result));
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void anIdleLogCostsNothing() {
        machine.shipping(Duration.ofMillis(10));
        try (Wal wal = machine.open()) {
            machine.append(wal, 3);
            awaitArchived(wal, 3);
            long writes = machine.archive.faults().calls(StoreOperation.WRITE_REGISTER);
            long reads = machine.archive.faults().calls(StoreOperation.READ);
            long looks = machine.hot.faults().calls(StoreOperation.READ_REGISTER);
            await(() -> machine.hot.faults().calls(StoreOperation.READ_REGISTER) > looks + 10);
            assertThat(machine.archive.faults().calls(StoreOperation.WRITE_REGISTER))
                    .isEqualTo(writes);
            assertThat(machine.archive.faults().calls(StoreOperation.READ)).isEqualTo(reads);
        }
    }

    @Test
    void consumersAndPropertiesTravelWithTheLog() {
        machine.shipping(Duration.ofMillis(10));
        try (Wal wal = machine.open()) {
            machine.append(wal, 6);
            wal.setProperty("term", new byte[] {7});
            var consumer = wal.consumer("audit");
            consumer.seek(4);
            consumer.commit();
        }
        try (Wal wal = machine.replacement().open(OpenOption.takeover())) {
            assertThat(wal.consumers()).containsEntry("audit", 4L);
            assertThat(wal.property("term")).contains(new byte[] {7});
        }
    }

    @Test
    void theRateIsKept() {
        machine.rate(ByteSize.ofKibibytes(100)).closeWait(Duration.ZERO);
        long start = System.nanoTime();
        try (Wal wal = machine.open()) {
            machine.append(wal, 5);
            awaitArchived(wal, 4);
        }
        // Four segments of 5 KB are written and read back; only the last chunk need not have been paid for.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    }
}
