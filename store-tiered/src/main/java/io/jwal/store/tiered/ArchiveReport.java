package io.jwal.store.tiered;

import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param keys the ids of the keys that copies name, in order, each with the number of copies
 */
public record ArchiveReport(
        long epoch,
        UUID feeder,
        @Nullable UUID hotId,
        long firstIndex,
        long lastIndex,
        List<Segment> segments,
        SortedMap<String, Integer> keys) {
    /** What became of a segment. */
    public enum Standing {
        /** The archive has it. */
        FOUND,
        /** It is being copied there now. */
        UPLOADING,
        /** It is sealed, and waits for its turn in the hot store. */
        DELAYED,
        /**
         * The archive has it, but it cannot be opened here: its key, its library (zstd) or the permission to read it is
         * missing, the key is another one, or a newer version wrote it. Without reading the archive only a missing key is noticed.
         */
        LOCKED,
        /** The archive is to have it and has not, or has it damaged or unreadable, or nobody has it. */
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

    /** Takes copies of the collections. */
    public ArchiveReport {
        segments = List.copyOf(segments);
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /** Told how far verification has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many bytes are read.
         *
         * @param done bytes of the archive read so far
         */
        void at(long done);
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
     * @param keys the keys that are configured
     * @return what there is
     * @throws StoreException if there is no archive
     * @throws IOException if one of them cannot be read
     */
    public static ArchiveReport look(Store hot, Store archive, List<ArchiveKey> keys) throws IOException {
        return new ArchiveLook(hot, pieces(archive, keys), null).report();
    }

    /**
     * Looks, and reads every byte of the archive.
     *
     * @param hot the hot store
     * @param archive the archive
     * @param keys the keys that are configured
     * @param progress told how far it has come
     * @return what there is
     * @throws StoreException if there is no archive
     * @throws IOException if registers or listings cannot be read
     */
    public static ArchiveReport verify(Store hot, Store archive, List<ArchiveKey> keys, Progress progress)
            throws IOException {
        return new ArchiveLook(hot, pieces(archive, keys), progress).report();
    }

    private static Pieces pieces(Store archive, List<ArchiveKey> keys) throws IOException {
        return new Pieces(archive, ConfiguredCodec.reading(keys, "store.encryption.keys"));
    }
}
