package io.jwal.store.tiered;

import io.jwal.CorruptLogException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries the log into the archive, one segment a step: copy, read back, verify, name, and only then let the hot copy go.
 * It follows the hot store's manifest, and it is stopped by the first sign that somebody else feeds the archive. Belongs
 * to one thread; a crash between any two of its calls leaves garbage at worst.
 */
final class Archiver {
    private final Tiers tiers;
    private final Store hot;
    private final Store archive;
    private final ArchiveRegister register;
    private final TieredStoreConfig config;
    private final StoreContext context;
    private final TieredCounters counters;
    private final Uploads uploads;
    private final Tail tail;
    private final HotCopies hotCopies;
    private final ArchiveClaim claim;
    private final Admission admission;
    private final Map<SegmentId, Copy> held = new HashMap<>();
    private HotId id;
    private @Nullable SegmentId suspect;
    private long shippedNanos;
    private boolean everShipped;

    Archiver(Tiers tiers, ArchiveClaim claim, Pace pace, Admission admission, HotId id) {
        this.tiers = tiers;
        this.hot = tiers.hot();
        this.archive = tiers.archive();
        this.register = tiers.register();
        this.config = tiers.config();
        this.context = tiers.context();
        this.counters = tiers.counters();
        this.uploads = new Uploads(tiers.pieces(), pace, counters.bytesWritten);
        this.tail = new Tail(tiers, uploads, held);
        this.hotCopies = new HotCopies(tiers);
        this.claim = claim;
        this.admission = admission;
        this.id = id;
    }

    /**
     * Goes one step.
     *
     * @param logEpoch the epoch of the writer that this archiver works for
     * @param gate told how far the archive is behind
     * @return whether there is more to do at once
     * @throws StoreFencedException if somebody else feeds the archive, or writes the log
     * @throws IOException if a step failed; it can be tried again
     */
    boolean step(long logEpoch, AppendGate gate) throws IOException {
        LogManifest log = readLog(logEpoch);
        attach();
        counters.reachable = true;
        LogManifest.Segment next = firstMissing(log);
        if (next != null) {
            upload(next, logEpoch);
        }
        boolean shipping = next == null && isShippingDue();
        if (shipping) {
            tail.ship(log);
            everShipped = true;
            shippedNanos = System.nanoTime();
        }
        record(log, shipping);
        gate.backlog(tiers.backlog(log));
        hotCopies.free(log);
        return firstMissing(log) != null;
    }

    private boolean isShippingDue() {
        return config.shipInterval() != null
                && (!everShipped
                        || System.nanoTime() - shippedNanos
                                >= config.shipInterval().toNanos());
    }

    private LogManifest readLog(long logEpoch) throws IOException {
        Optional<Register> found = hot.readRegister(LogManifest.REGISTER);
        if (found.isEmpty()) {
            throw new StoreCorruptException("the log's manifest is gone from the hot store; nothing is archived");
        }
        LogManifest log = LogManifest.decode(found.get().content());
        if (log.epoch() != logEpoch) {
            throw new StoreFencedException("a newer writer (epoch " + log.epoch() + ") has the log now");
        }
        return log;
    }

    /** Becomes the one archiver, under an epoch of its own; once, and again when an answer was lost. */
    private void attach() throws IOException {
        if (register.isOwned()) {
            return;
        }
        claim.take();
        Optional<ArchiveManifest> there = register.load();
        if (there.isEmpty()) {
            if (id.standing() == HotId.Standing.ATTACHED) {
                throw Admission.archiveGone();
            }
            id = admission.attach(id);
            there = Optional.of(Objects.requireNonNull(register.seen()));
        }
        Admission.checkNamed(id, there.get());
        ArchiveManifest mine = there.get().withEpoch(there.get().epoch() + 1);
        register.write(mine);
        register.own();
        uploads.beginEpoch(mine.epoch());
        held.clear();
        mine.copies().forEach(copy -> held.put(copy.segment().id(), copy));
        collect(mine);
    }

    /** Deletes what archivers before this one have left behind and the manifest does not name. */
    private void collect(ArchiveManifest mine) throws IOException {
        Set<SegmentId> named = new HashSet<>(register.pieces());
        for (SegmentId piece : archive.listSegments()) {
            if (!named.contains(piece) && piece.epoch() < mine.epoch()) {
                archive.deleteSegment(piece);
            }
        }
    }

    private LogManifest.@Nullable Segment firstMissing(LogManifest log) {
        return log.segments(LogManifest.State.SEALED).stream()
                .filter(segment -> !isHeld(segment))
                .findFirst()
                .orElse(null);
    }

    private boolean isHeld(LogManifest.Segment sealed) {
        Copy copy = held.get(sealed.id());
        return copy != null && copy.isOf(sealed) && copy.isWhole();
    }

    private void upload(LogManifest.Segment named, long logEpoch) throws IOException {
        try (SegmentReader from = hot.openSegment(named.id())) {
            if (named.id().equals(suspect)) {
                prove(named, from); // before it is copied once more for nothing
            }
            Copy.Piece piece = uploads.copy(named, from, 0, named.bytes());
            Copy copy = new Copy(named, List.of(piece));
            try (SegmentReader back = ArchivedReader.open(tiers.pieces(), copy)) {
                held.put(named.id(), new Copy(prove(named, back), copy.pieces()));
                suspect = null;
                counters.segmentsArchived.increment();
            } catch (IOException | RuntimeException e) {
                suspect = named.id();
                uploads.discard(piece.id(), e);
                throw e;
            }
        } catch (SegmentNotFoundException e) {
            if (isNamed(named, readLog(logEpoch))) {
                throw new StoreCorruptException(
                        "segment " + named.id() + " is missing in the hot store before it was archived (entries "
                                + named.firstIndex() + " to " + named.lastIndex() + "); run `wal verify`",
                        e);
            }
        }
    }

    /** The segment as it was verified; of one that was cut this is more than the log has of it. */
    private LogManifest.Segment prove(LogManifest.Segment named, SegmentReader content) throws IOException {
        try {
            return context.verify(named, content, named.bytes())
                    .orElseThrow(() -> new StoreCorruptException("segment " + named.id() + " has no entries"));
        } catch (CorruptLogException e) {
            throw new StoreCorruptException(
                    "segment " + named.id() + " is damaged and is not archived (entries " + named.firstIndex() + " to "
                            + named.lastIndex() + "), nor is what follows it: " + e.getMessage(),
                    e);
        }
    }

    private static boolean isNamed(LogManifest.Segment wanted, LogManifest log) {
        return log.segments().stream()
                .anyMatch(segment -> segment.id().equals(wanted.id()) && segment.salt() == wanted.salt());
    }

    /** Lets the archive say what it has by now, and deletes what it names no longer. */
    private void record(LogManifest log, boolean shipping) throws IOException {
        ArchiveManifest before = Objects.requireNonNull(register.seen());
        Optional<ArchiveManifest> image = ArchiveImage.of(before, log, held, Boolean.TRUE.equals(config.keepArchive()));
        if (image.isEmpty()) {
            return;
        }
        ByteBuffer state = hot.readRegister("state").map(Register::content).orElse(null);
        ArchiveManifest next = image.get().withState(shipping || !image.get().equals(before) ? state : before.state());
        if (next.equals(before)) {
            return; // an idle log costs nothing
        }
        List<SegmentId> named = register.pieces();
        try {
            register.write(next);
        } catch (VersionConflictException e) {
            register.disown();
            throw replaced(e);
        } catch (IOException e) {
            register.disown(); // it may have happened: look before going on
            throw e;
        }
        drop(log, named);
    }

    /** Who has the archive now: another hot store, which ends the log here, or another archiver of this one. */
    private IOException replaced(VersionConflictException conflict) throws IOException {
        Optional<ArchiveManifest> there = register.load();
        if (there.isPresent()) {
            Admission.checkNamed(id, there.get());
            return new StoreFencedException(
                    "another archiver of this log (archive epoch " + there.get().epoch() + ") has the archive now");
        }
        return conflict;
    }

    private void drop(LogManifest log, List<SegmentId> named) throws IOException {
        Set<SegmentId> kept = new HashSet<>(register.pieces());
        Set<SegmentId> gone = new HashSet<>(named);
        held.values().removeIf(copy -> {
            boolean stays = register.seenCopy(copy.segment().id()) != null || isNamed(copy.segment(), log);
            copy.pieces().forEach(piece -> (stays ? kept : gone).add(piece.id()));
            return !stays;
        });
        gone.removeAll(kept);
        for (SegmentId piece : gone) {
            archive.deleteSegment(piece);
        }
    }
}
