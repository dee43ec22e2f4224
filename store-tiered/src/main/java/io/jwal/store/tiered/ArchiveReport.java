package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an archive stands to the log that it is of, looked at from outside, while the log is written or not. Changes nothing.
 *
 * @param epoch the archive's epoch
 * @param feeder the id of the hot store that feeds the archive
 * @param hotId the id of the hot store that was looked at, or null if it has none: its disk is empty or not mounted
 * @param firstIndex the first index in the archive
 * @param lastIndex the last one; below the first if there is none
 * @param segments the segments of the log in order, those that only the archive has first
 */
public record ArchiveReport(
        long epoch, UUID feeder, @Nullable UUID hotId, long firstIndex, long lastIndex, List<Segment> segments) {
    private static final int CHUNK = 1 << 20;

    /** What became of a segment. */
    public enum Standing {
        /** The archive has it. */
        FOUND,
        /** It is being copied there now. */
        UPLOADING,
        /** It is sealed, and waits for its turn in the hot store. */
        DELAYED,
        /** The archive is to have it and has not, or nobody has it. */
        LOST
    }

    /**
     * A segment of the log, or the part of an open one that was shipped.
     *
     * @param id its name in the log
     * @param firstIndex its first index
     * @param lastIndex its last one
     * @param bytes its length
     * @param standing what became of it
     * @param problem what is wrong, or an empty text
     */
    public record Segment(
            SegmentId id, long firstIndex, long lastIndex, long bytes, Standing standing, String problem) {}

    /** Takes a copy of the list. */
    public ArchiveReport {
        segments = List.copyOf(segments);
    }

    /** Told how far verification has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many bytes are read.
         *
         * @param done bytes of the archive read so far
         * @param all all that will be read
         */
        void at(long done, long all);
    }

    /**
     * Whether the hot store is the one that feeds the archive.
     *
     * @return false if it is empty, or was taken over
     */
    public boolean isFed() {
        return feeder.equals(hotId);
    }

    /**
     * How many segments have a standing.
     *
     * @param standing which
     * @return their number
     */
    public long count(Standing standing) {
        return segments.stream()
                .filter(segment -> segment.standing() == standing)
                .count();
    }

    /**
     * How many bytes of sealed segments the archive lacks.
     *
     * @return the backlog
     */
    public long backlog() {
        return segments.stream()
                .filter(segment -> segment.standing() == Standing.DELAYED || segment.standing() == Standing.UPLOADING)
                .mapToLong(Segment::bytes)
                .sum();
    }

    /**
     * Looks at registers and listings.
     *
     * @param hot the hot store
     * @param archive the archive
     * @return what there is
     * @throws StoreException if there is no archive
     * @throws IOException if one of them cannot be read
     */
    public static ArchiveReport look(Store hot, Store archive) throws IOException {
        return new Looking(hot, archive, null).report();
    }

    /**
     * Looks, and reads every byte of the archive.
     *
     * @param hot the hot store
     * @param archive the archive
     * @param progress told how far it has come
     * @return what there is
     * @throws StoreException if there is no archive
     * @throws IOException if registers or listings cannot be read
     */
    public static ArchiveReport verify(Store hot, Store archive, Progress progress) throws IOException {
        return new Looking(hot, archive, progress).report();
    }

    /** One look. */
    private static final class Looking {
        private final Store hot;
        private final Store archive;
        private final @Nullable Progress progress;
        private long done;
        private long all;

        Looking(Store hot, Store archive, @Nullable Progress progress) {
            this.hot = hot;
            this.archive = archive;
            this.progress = progress;
        }

        ArchiveReport report() throws IOException {
            // Before the archive's, so that what is named here and not there has not been archived in between.
            Optional<Register> log = hot.readRegister(LogManifest.REGISTER);
            Optional<Register> id = hot.readRegister(HotId.REGISTER);
            Set<SegmentId> inHot = new HashSet<>(hot.listSegments());
            ArchiveManifest archived = ArchiveManifest.decode(archive.readRegister(ArchiveManifest.REGISTER)
                    .orElseThrow(() -> new StoreException("there is no archive where the configuration says; it begins"
                            + " when the log is first opened for writing")));
            Set<SegmentId> inArchive = new HashSet<>(archive.listSegments());
            Map<SegmentId, Segment> segments = new LinkedHashMap<>();
            all = archived.copies().stream().mapToLong(Copy::bytes).sum();
            for (Copy copy : archived.copies()) {
                segments.put(copy.segment().id(), archived(copy, inArchive));
            }
            if (log.isPresent()) {
                addMissing(LogManifest.decode(log.get().content()), archived, inHot, inArchive, segments);
            }
            return new ArchiveReport(
                    archived.epoch(),
                    archived.hotId(),
                    id.isEmpty() ? null : HotId.decode(id.get()).id(),
                    archived.image().firstIndex(),
                    archived.lastIndex(),
                    new ArrayList<>(segments.values()));
        }

        private Segment archived(Copy copy, Set<SegmentId> inArchive) {
            String problem = "";
            for (Copy.Piece piece : copy.pieces()) {
                if (!inArchive.contains(piece.id())) {
                    problem = "segment " + piece.id() + " of the archive is missing";
                } else if (problem.isEmpty() && progress != null) {
                    problem = read(piece);
                }
            }
            return segment(copy.segment(), problem.isEmpty() ? Standing.FOUND : Standing.LOST, problem);
        }

        private String read(Copy.Piece piece) {
            MessageDigest digest = Uploads.sha256();
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            try (SegmentReader reader = archive.openSegment(piece.id())) {
                long at = 0;
                for (int count = reader.read(at, chunk.clear()); count > 0; count = reader.read(at, chunk.clear())) {
                    digest.update(chunk.flip());
                    at += count;
                    tell(count);
                }
                boolean right = at == piece.bytes()
                        && HexFormat.of().formatHex(digest.digest()).equals(piece.digest());
                return right ? "" : "segment " + piece.id() + " of the archive is damaged";
            } catch (IOException e) {
                return "segment " + piece.id() + " of the archive cannot be read: " + e.getMessage();
            }
        }

        private void tell(long bytes) {
            done += bytes;
            if (progress != null) {
                progress.at(done, all);
            }
        }

        private static void addMissing(
                LogManifest log,
                ArchiveManifest archived,
                Set<SegmentId> inHot,
                Set<SegmentId> inArchive,
                Map<SegmentId, Segment> segments) {
            Set<SegmentId> unnamed = new HashSet<>(inArchive);
            archived.copies().forEach(copy -> copy.pieces().forEach(piece -> unnamed.remove(piece.id())));
            boolean uploading = unnamed.stream().anyMatch(piece -> piece.epoch() == archived.epoch());
            for (LogManifest.Segment sealed : log.segments(LogManifest.State.SEALED)) {
                Copy copy = archived.copy(sealed.id()).orElse(null);
                if (copy != null && copy.isOf(sealed) && copy.isWhole()) {
                    continue;
                }
                if (!inHot.contains(sealed.id())) {
                    segments.put(sealed.id(), segment(sealed, Standing.LOST, "neither store has it"));
                } else {
                    segments.put(sealed.id(), segment(sealed, uploading ? Standing.UPLOADING : Standing.DELAYED, ""));
                    uploading = false; // one at a time, in order
                }
            }
        }

        private static Segment segment(LogManifest.Segment of, Standing standing, String problem) {
            return new Segment(of.id(), of.firstIndex(), of.lastIndex(), of.bytes(), standing, problem);
        }
    }
}
