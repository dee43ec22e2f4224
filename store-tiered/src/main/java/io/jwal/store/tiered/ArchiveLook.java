package io.jwal.store.tiered;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreUnreadableException;
import io.jwal.store.tiered.ArchiveReport.Standing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at an archive and the log that it is of. */
final class ArchiveLook {
    private static final int CHUNK = 1 << 20;

    private final Store hot;
    private final Store archive;
    private final Pieces pieces;
    private final ArchiveReport.@Nullable Progress progress;
    private long done;

    ArchiveLook(Store hot, Pieces pieces, ArchiveReport.@Nullable Progress progress) {
        this.hot = hot;
        this.archive = pieces.archive();
        this.pieces = pieces;
        this.progress = progress;
    }

    ArchiveReport report() throws IOException {
        // Before the archive's, so that what is named here and not there has not been archived in between.
        Optional<Register> log = hot.readRegister(LogManifest.REGISTER);
        Optional<Register> id = hot.readRegister(HotId.REGISTER);
        Set<SegmentId> inHot = new HashSet<>(hot.listSegments());
        ArchiveManifest archived = manifest();
        Set<SegmentId> inArchive = new HashSet<>(archive.listSegments());
        Map<SegmentId, ArchiveReport.Segment> segments = found(archived.copies(), inArchive);
        if (log.isPresent()) {
            addMissing(LogManifest.decode(log.get().content()), archived, inHot, inArchive, segments);
        }
        return new ArchiveReport(
                archived.epoch(),
                archived.hotId(),
                id.isEmpty() ? null : HotId.decode(id.get()).id(),
                archived.image().firstIndex(),
                archived.lastIndex(),
                new ArrayList<>(segments.values()),
                archived.keysInUse());
    }

    private ArchiveManifest manifest() throws IOException {
        return ArchiveManifest.decode(archive.readRegister(ArchiveManifest.REGISTER)
                .orElseThrow(() -> new StoreException("there is no archive where the configuration says; it begins"
                        + " when the log is first opened for writing")));
    }

    /**
     * What became of the copies, but for those that the archive does not name any more. Beside an archiver what was named
     * may be replaced, or deleted because the log has dropped it, until it is looked for: what seems lost is looked up in
     * the manifest of now.
     */
    private Map<SegmentId, ArchiveReport.Segment> found(List<Copy> named, Set<SegmentId> listed) throws IOException {
        Map<SegmentId, ArchiveReport.Segment> segments = new LinkedHashMap<>();
        List<Copy> copies = named;
        Set<SegmentId> inArchive = listed;
        while (!copies.isEmpty()) {
            List<Copy> lost = new ArrayList<>();
            for (Copy copy : copies) {
                ArchiveReport.Segment found = look(copy, inArchive);
                segments.put(found.id(), found);
                if (found.standing() == Standing.LOST) {
                    lost.add(copy);
                }
            }
            copies = lost.isEmpty() ? List.of() : replaced(lost, manifest(), segments);
            inArchive = copies.isEmpty() ? inArchive : new HashSet<>(archive.listSegments());
        }
        return segments;
    }

    /** What lies elsewhere by now; takes out what is named no longer. */
    private static List<Copy> replaced(
            List<Copy> lost, ArchiveManifest now, Map<SegmentId, ArchiveReport.Segment> segments) {
        List<Copy> replaced = new ArrayList<>();
        for (Copy before : lost) {
            Copy copy = now.copy(before.segment().id()).orElse(null);
            if (copy == null) {
                segments.remove(before.segment().id());
            } else if (!copy.equals(before)) {
                replaced.add(copy);
            }
        }
        return replaced;
    }

    private ArchiveReport.Segment look(Copy copy, Set<SegmentId> inArchive) {
        Problem worst = new Problem(Standing.FOUND, "");
        for (int i = 0; i < copy.pieces().size() && worst.standing != Standing.LOST; i++) {
            Problem found = problem(copy, i, inArchive);
            if (found.standing == Standing.LOST || worst.standing == Standing.FOUND) {
                worst = found;
            }
        }
        return segment(copy.segment(), worst.standing, worst.what);
    }

    /**
     * What is wrong with a piece.
     *
     * @param standing {@code FOUND} if nothing is
     * @param what the same in words, or an empty text
     */
    private record Problem(Standing standing, String what) {}

    /** When the archive is only looked at, nothing is opened: keys are looked for and not tried. */
    private Problem problem(Copy copy, int number, Set<SegmentId> inArchive) {
        Copy.Piece piece = copy.pieces().get(number);
        String where = "segment " + piece.id() + " of the archive ";
        if (!inArchive.contains(piece.id())) {
            return new Problem(Standing.LOST, where + "is missing");
        }
        try {
            if (progress != null && !isRight(piece, progress)) {
                return new Problem(Standing.LOST, where + "is damaged");
            }
            if (progress == null) {
                pieces.codec().keys().check(piece.encoding(), piece.id());
            } else {
                pieces.open(copy, number).close();
            }
            return new Problem(Standing.FOUND, "");
        } catch (StoreUnreadableException | UnsupportedFormatException e) {
            return new Problem(Standing.LOCKED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Problem(Standing.LOST, where + "cannot be read: " + e.getMessage());
        }
    }

    private boolean isRight(Copy.Piece piece, ArchiveReport.Progress progress) throws IOException {
        MessageDigest digest = Uploads.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (SegmentReader reader = archive.openSegment(piece.id())) {
            long at = 0;
            for (int count = reader.read(at, chunk.clear()); count > 0; count = reader.read(at, chunk.clear())) {
                digest.update(chunk.flip());
                at += count;
                done += count;
                progress.at(done);
            }
            boolean isOfLength = piece.encoding().inBlocks() || at == piece.bytes();
            return isOfLength && Uploads.hex(digest).equals(piece.digest());
        }
    }

    private void addMissing(
            LogManifest log,
            ArchiveManifest archived,
            Set<SegmentId> inHot,
            Set<SegmentId> inArchive,
            Map<SegmentId, ArchiveReport.Segment> segments)
            throws IOException {
        Set<SegmentId> unnamed = new HashSet<>(inArchive);
        archived.copies().forEach(copy -> copy.pieces().forEach(piece -> unnamed.remove(piece.id())));
        boolean uploading = unnamed.stream().anyMatch(piece -> piece.epoch() == archived.epoch());
        for (LogManifest.Segment sealed : log.segments(LogManifest.State.SEALED)) {
            Copy copy = archived.copy(sealed.id()).orElse(null);
            if (copy != null && copy.isOf(sealed) && copy.isWhole()) {
                continue;
            }
            if (!inHot.contains(sealed.id())) {
                if (isNamed(sealed)) { // else the log has dropped it before the hot store was listed
                    segments.put(sealed.id(), segment(sealed, Standing.LOST, "neither store has it"));
                }
            } else {
                segments.put(sealed.id(), segment(sealed, uploading ? Standing.UPLOADING : Standing.DELAYED, ""));
                uploading = false; // one at a time, in order
            }
        }
    }

    private boolean isNamed(LogManifest.Segment sealed) throws IOException {
        return hot.readRegister(LogManifest.REGISTER)
                .map(register -> LogManifest.decode(register.content()))
                .filter(log ->
                        log.segments().stream().anyMatch(segment -> segment.id().equals(sealed.id())))
                .isPresent();
    }

    private static ArchiveReport.Segment segment(LogManifest.Segment of, Standing standing, String problem) {
        return new ArchiveReport.Segment(of.id(), of.firstIndex(), of.lastIndex(), of.bytes(), standing, problem);
    }
}
