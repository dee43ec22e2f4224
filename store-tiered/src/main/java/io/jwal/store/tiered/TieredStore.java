package io.jwal.store.tiered;

import io.jwal.CorruptLogException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A log in two stores: written to the hot one, whose registers are the log's, and archived in the background to the other.
 * What is durable is what the hot store says; the archive follows.
 */
final class TieredStore implements Store {
    private final Tiers tiers;
    private final AppendGate gate;
    private final Set<SegmentId> deleted = ConcurrentHashMap.newKeySet();
    private final Set<SegmentId> distrusted = ConcurrentHashMap.newKeySet();
    private volatile @Nullable TieredClaim claim;

    TieredStore(Store hot, Pieces archive, TieredStoreConfig config, StoreContext context) {
        this.gate = new AppendGate(config);
        this.tiers = new Tiers(
                hot,
                archive,
                new ArchiveRegister(archive),
                config,
                context,
                new TieredCounters(),
                new ConcurrentHashMap<>());
    }

    @Override
    public StoreTraits traits() {
        return tiers.hot().traits();
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        TieredClaim taken = TieredClaim.take(tiers, gate);
        claim = taken;
        return taken;
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        checkName(name);
        return tiers.hot().readRegister(name);
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        checkName(name);
        gate.checkNotFenced();
        Register written = tiers.hot().writeRegister(name, expected, content);
        TieredClaim holder = claim;
        if (name.equals(LogManifest.REGISTER) && holder != null) {
            follow(holder, written);
        }
        return written;
    }

    private static void checkName(String name) {
        if (name.equals(HotId.REGISTER)) {
            throw new IllegalArgumentException(
                    "the register \"" + name + "\" is the tiered store's own; take another name");
        }
    }

    private void follow(TieredClaim holder, Register written) {
        try {
            LogManifest log = LogManifest.decode(written.content());
            gate.backlog(tiers.backlog(log));
            for (LogManifest.Segment open : log.segments(LogManifest.State.OPEN)) {
                TieredWriter writer = tiers.writers().get(open.id());
                if (writer != null) {
                    writer.named();
                }
            }
            holder.archiver().logChanged(log.epoch());
        } catch (CorruptLogException e) {
            tiers.context().logger().log(System.Logger.Level.WARNING, "what is no log is not archived", e);
        }
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        gate.checkNotFenced();
        TieredWriter writer = new TieredWriter(
                tiers.hot().createSegment(id, expectedBytes),
                id,
                gate,
                () -> tiers.writers().remove(id)); // held no longer: a writer may hold buffers
        tiers.writers().put(id, writer);
        return writer;
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        tiers.hot().fenceSegment(id);
    }

    /** The hot copy, or else the archive's. */
    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        SegmentReader hot;
        if (distrusted.contains(id)) {
            return tiers.register().openWhole(id);
        }
        try {
            hot = tiers.hot().openSegment(id);
        } catch (SegmentNotFoundException e) {
            if (deleted.contains(id)) {
                throw e;
            }
            SegmentReader archived = tiers.register().open(id);
            tiers.counters().archiveReads.increment();
            return archived;
        }
        return new TieredReader(tiers, id, hot);
    }

    @Override
    public boolean distrustSegment(SegmentId id) throws IOException {
        if (distrusted.contains(id)) {
            return false;
        }
        try {
            tiers.register().checkWhole(id); // else what is sound in the hot copy could not be read any more either
        } catch (SegmentNotFoundException e) {
            return false;
        }
        if (!distrusted.add(id)) {
            return false;
        }
        tiers.counters().fallbacks.increment();
        tiers.context()
                .logger()
                .log(
                        System.Logger.Level.WARNING,
                        "the hot copy of segment {0} is damaged; the archive''s copy is read, run `wal verify`",
                        id);
        return true;
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        tiers.hot().deleteSegment(id);
        distrusted.remove(id);
        deleted.retainAll(tiers.register().segments()); // what the archive names no longer nobody finds there
        if (tiers.register().segments().contains(id)) {
            deleted.add(id);
        }
    }

    /** Those of the hot store, and those that the archive was last seen to have. */
    @Override
    public List<SegmentId> listSegments() throws IOException {
        TreeSet<SegmentId> all = new TreeSet<>(tiers.register().segments());
        all.removeAll(deleted);
        all.addAll(tiers.hot().listSegments());
        return List.copyOf(all);
    }

    /**
     * The counters of the hot store; those of the archive with {@code archive.store.} before their names; and
     * {@code archive.last.index} and {@code archive.last.time} of the last entry in the archive,
     * {@code archive.backlog.bytes} of sealed segments that it lacks, {@code archive.reachable} (1 or 0),
     * {@code archive.failures}, {@code archive.segments} and {@code archive.tails} sent, {@code archive.bytes.written},
     * {@code archive.reads} of copies opened, {@code archive.fallbacks} because a hot copy could not be read,
     * {@code hot.copies.removed}, and {@code hot.copies.held} because the archive's are missing or damaged.
     */
    @Override
    public Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>(tiers.hot().counters());
        tiers.archive().counters().forEach((name, count) -> all.put("archive.store." + name, count));
        TieredCounters counters = tiers.counters();
        ArchiveManifest archived = tiers.register().seen();
        all.put("archive.last.index", archived == null ? 0 : archived.lastIndex());
        all.put("archive.last.time", archived == null ? 0 : archived.lastTime());
        all.put("archive.backlog.bytes", gate.backlog());
        all.put("archive.reachable", counters.reachable ? 1L : 0L);
        all.put("archive.failures", counters.failures.sum());
        all.put("archive.segments", counters.segmentsArchived.sum());
        all.put("archive.tails", counters.tailsShipped.sum());
        all.put("archive.bytes.written", counters.bytesWritten.sum());
        all.put("archive.reads", counters.archiveReads.sum());
        all.put("archive.fallbacks", counters.fallbacks.sum());
        all.put("hot.copies.removed", counters.hotCopiesRemoved.sum());
        all.put("hot.copies.held", counters.hotCopiesHeld);
        return all;
    }

    @Override
    public void close() throws IOException {
        Store hot = tiers.hot();
        Store archive = tiers.archive();
        try (hot;
                archive) {
            TieredClaim holder = claim;
            if (holder != null) {
                holder.close();
            }
        }
    }
}
