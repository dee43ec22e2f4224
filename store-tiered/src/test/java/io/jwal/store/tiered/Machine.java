package io.jwal.store.tiered;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Secret;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A machine with a hot store, and the archive that it feeds. Entries tell their index. */
final class Machine {
    final CrashMedium hot;
    final CrashMedium archive;
    private @Nullable Duration shipInterval;
    private TieredStoreConfig.@Nullable KeepHot keepHot;
    private boolean keepArchive;
    private ArchiveCompression compression = ArchiveCompression.NONE;
    private @Nullable ArchiveEncryption encryption;
    private int generation;
    private @Nullable ByteSize rate;
    private @Nullable ByteSize maxBacklog;
    private Duration backlogWait = Duration.ofMinutes(1);
    private Duration closeWait = Duration.ofSeconds(30);
    private BooleanSupplier isDead = () -> false;
    private TestStoreProvider.Opener hotOpener;
    private TestStoreProvider.Opener archiveOpener;

    Machine(CrashMedium hot, CrashMedium archive) {
        this.hot = hot;
        this.archive = archive;
        this.hotOpener = hot::open;
        this.archiveOpener = archive::open;
    }

    static Machine fresh() {
        return new Machine(new CrashMedium().locking(true), new CrashMedium());
    }

    /** Another machine, with an empty disk, that reaches the same archive. */
    Machine replacement() {
        return new Machine(new CrashMedium().locking(true), archive).coded(compression, encryption);
    }

    /** Another machine, with an empty disk, that finds an archive; empty if there is none yet. */
    Optional<Machine> restored(CrashMedium crashed) {
        Machine machine = new Machine(new CrashMedium(), crashed).coded(compression, encryption);
        return machine.archived().map(there -> machine);
    }

    Machine shipping(Duration interval) {
        shipInterval = interval;
        return this;
    }

    /** Hot copies go as soon as they may. */
    Machine keepingNothingHot() {
        keepHot = new TieredStoreConfig.KeepHot(ByteSize.ofBytes(0), null);
        return this;
    }

    Machine keepHot(TieredStoreConfig.KeepHot kept) {
        keepHot = kept;
        return this;
    }

    Machine keepingArchive() {
        keepArchive = true;
        return this;
    }

    /** From now on copies lie in the archive so. */
    Machine coded(ArchiveCompression how, @Nullable ArchiveEncryption with) {
        compression = how;
        encryption = with;
        return this;
    }

    /** From now on copies are compressed and encrypted. */
    Machine coded() {
        return coded(ArchiveCompression.AUTO, keys("b", "a", "b"));
    }

    /** Keys that follow from their ids. */
    static ArchiveEncryption keys(String current, String... ids) {
        return new ArchiveEncryption(
                current,
                Stream.of(ids)
                        .map(id -> new ArchiveKey(id, new Secret("%064x".formatted(id.hashCode())), null))
                        .toList());
    }

    List<ArchiveKey> keys() {
        return encryption == null ? List.of() : encryption.keys();
    }

    Machine rate(ByteSize most) {
        rate = most;
        return this;
    }

    Machine backlog(ByteSize most, Duration wait) {
        maxBacklog = most;
        backlogWait = wait;
        return this;
    }

    Machine closeWait(Duration wait) {
        closeWait = wait;
        return this;
    }

    /** Whoever waits for this machine does so no longer once it is dead. */
    Machine dyingWhen(BooleanSupplier death) {
        isDead = death;
        return this;
    }

    Machine through(TestStoreProvider.Opener hotStore, TestStoreProvider.Opener archiveStore) {
        hotOpener = hotStore;
        archiveOpener = archiveStore;
        return this;
    }

    WalConfig config() {
        TieredStoreConfig tiered = new TieredStoreConfig(
                TestStoreProvider.spec(hotOpener),
                TestStoreProvider.spec(archiveOpener),
                keepHot,
                keepArchive,
                shipInterval,
                rate,
                maxBacklog,
                backlogWait,
                closeWait,
                compression,
                encryption);
        return small(WalConfig.builder().store(new StoreSpec("tiered", tiered)));
    }

    static WalConfig small(WalConfig.Builder builder) {
        return builder.segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofMebibytes(1))
                .maxBatch(ByteSize.ofMebibytes(4))
                .build();
    }

    Wal open(OpenOption... options) {
        return JWal.open(config(), options);
    }

    WalReader reader() {
        return JWal.openReader(config());
    }

    /** The archive read alone. */
    WalReader archiveReader() {
        return JWal.openReader(small(WalConfig.builder()
                .store(new StoreSpec(
                        "archive", new ArchiveStoreConfig(TestStoreProvider.spec(archive::open), keys())))));
    }

    /** Longer than a segment, so that each has a segment of its own. */
    static byte[] entry(long index) {
        return entry(index, 0);
    }

    private static byte[] entry(long index, int generation) {
        return (index + " " + generation + " " + "x".repeat(5000)).getBytes(UTF_8);
    }

    /** From now on entries tell that they are of the next generation, which tells them from those of equal indexes. */
    void nextGeneration() {
        generation++;
    }

    /** What the entries tell: their index and their generation. */
    static List<String> toldWhole(WalReader log) {
        return log.read(log.firstIndex(), Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                .map(entry -> new String(entry.bytes(), UTF_8).split(" "))
                .map(words -> words[0] + "-" + words[1])
                .toList();
    }

    /** Short, so that a run that ends with it is joined by the next one. */
    static void appendShort(Wal wal) {
        wal.append((wal.lastIndex() + 1 + " 0 short").getBytes(UTF_8));
    }

    /**
     * Appends entries, and waits after each until the segment before is sealed and the next one is there: then the next
     * entry begins it, and the log looks the same in every run.
     */
    void append(Wal wal, int count) {
        for (int i = 0; i < count; i++) {
            long created = hot.faults().calls(StoreOperation.CREATE)
                    + (log().segments(LogManifest.State.OPEN).isEmpty() ? 2 : 1);
            wal.append(entry(wal.lastIndex() + 1, generation));
            await(() -> isDead.getAsBoolean()
                    || hot.faults().calls(StoreOperation.CREATE) >= created
                            && log().segments(LogManifest.State.OPEN).size() == 2
                            && isMaintenanceIdle());
        }
    }

    /** It names a segment before it takes it for the next one. */
    private static boolean isMaintenanceIdle() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("jwal-maintenance"))
                .allMatch(thread ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    /** The indexes that a log's entries tell, which are their own unless something is wrong. */
    static List<Long> told(WalReader log) {
        return log.read(log.firstIndex(), Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                .map(entry -> Long.valueOf(new String(entry.bytes(), UTF_8).split(" ")[0]))
                .toList();
    }

    static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Waits until the archive has an entry. */
    static void awaitArchived(Wal wal, long index) {
        await(() -> counter(wal, "archive.last.index") >= index);
    }

    static long counter(WalReader wal, String name) {
        return wal.stats().store().getOrDefault(name, 0L);
    }

    /** What the archive says that it has, if there is one. */
    Optional<ArchiveManifest> archived() {
        try (Store store = archive.open()) {
            Optional<Register> found = store.readRegister(ArchiveManifest.REGISTER);
            return found.isEmpty() ? Optional.empty() : Optional.of(ArchiveManifest.decode(found.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LogManifest log() {
        try (Store store = hot.open()) {
            return LogManifest.decode(
                    store.readRegister(LogManifest.REGISTER).orElseThrow().content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<SegmentId> segments(CrashMedium medium) {
        try (Store store = medium.open()) {
            return store.listSegments();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
