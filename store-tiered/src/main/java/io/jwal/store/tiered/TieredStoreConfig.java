package io.jwal.store.tiered;

import io.jwal.store.ByteSize;
import io.jwal.store.StoreSpec;
import io.jwal.store.tiered.blocks.Compression;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of the store of type {@code tiered}: {@code "store": {"type": "tiered", "hot": {…}, "archive": {…}}}.
 *
 * @param hot where the log is written, such as {@code {"type": "file", "directory": "./hot"}}
 * @param archive where sealed segments are copied to; it belongs to this log alone
 * @param keepHot which copies of archived segments stay in the hot store; all of them without it
 * @param keepArchive whether what {@code truncateBefore} and retention drop stays in the archive; false by default
 * @param shipInterval how often the synced part of the segment that is being written goes to the archive, too; never
 *     without it
 * @param maxArchiveRate how many bytes a second the archiver moves at most; as many as it can without it
 * @param maxBacklog from how many sealed bytes that the archive lacks appends wait for it; they never do without it
 * @param maxBacklogWait how long an append waits for that before the log fails; one minute by default
 * @param closeWait how long closing waits for the archive to take what is sealed; ten seconds by default
 * @param compression how new archive copies are compressed; they are not by default
 * @param encryption how new archive copies are encrypted, and the keys of those that are there; they are not by default
 */
public record TieredStoreConfig(
        StoreSpec hot,
        StoreSpec archive,
        @Nullable KeepHot keepHot,
        @Nullable Boolean keepArchive,
        @Nullable Duration shipInterval,
        @Nullable ByteSize maxArchiveRate,
        @Nullable ByteSize maxBacklog,
        @Nullable Duration maxBacklogWait,
        @Nullable Duration closeWait,
        @Nullable ArchiveCompression compression,
        @Nullable ArchiveEncryption encryption) {
    private static final Duration DEFAULT_BACKLOG_WAIT = Duration.ofMinutes(1);
    private static final Duration DEFAULT_CLOSE_WAIT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_SHIP_INTERVAL = Duration.ofMillis(10);

    /**
     * Which hot copies of archived segments stay. A copy goes when one of the two bounds asks for it, the oldest first;
     * one that the archive does not have never goes.
     *
     * @param bytes how much they may take together
     * @param age how old the last entry of one may become
     */
    public record KeepHot(
            @Nullable ByteSize bytes, @Nullable Duration age) {
        /**
         * Checks that there is a bound.
         *
         * @throws IllegalArgumentException if there is none, or the age is negative
         */
        public KeepHot {
            if (bytes == null && age == null) {
                throw new IllegalArgumentException(
                        "keepHot bounds nothing; give bytes, age or both, or leave it out to keep every hot copy");
            }
            if (age != null && age.isNegative()) {
                throw new IllegalArgumentException("keepHot.age is at least zero, but got " + age);
            }
        }
    }

    /**
     * Fills in the defaults and checks.
     *
     * @throws IllegalArgumentException if a value cannot work
     */
    public TieredStoreConfig {
        Objects.requireNonNull(hot, "hot");
        Objects.requireNonNull(archive, "archive");
        keepArchive = keepArchive != null && keepArchive;
        maxBacklogWait = maxBacklogWait == null ? DEFAULT_BACKLOG_WAIT : maxBacklogWait;
        closeWait = closeWait == null ? DEFAULT_CLOSE_WAIT : closeWait;
        compression = compression == null ? ArchiveCompression.NONE : compression;
        if (!compression.effective().isThere()) {
            throw new IllegalArgumentException("compression is \"zstd\", but its library cannot be loaded here; add "
                    + Compression.ZSTD_ARTIFACT + ", or write \"auto\" or \"deflate\"");
        }
        if (hot.equals(archive)) {
            throw new IllegalArgumentException("hot and archive are the same store; the archive needs one of its own");
        }
        if (shipInterval != null && shipInterval.compareTo(SHORTEST_SHIP_INTERVAL) < 0) {
            throw new IllegalArgumentException("shipInterval is at least 10ms, but got " + shipInterval.toMillis()
                    + "ms; leave it out to ship sealed segments only");
        }
        if (maxArchiveRate != null && maxArchiveRate.bytes() == 0) {
            throw new IllegalArgumentException("maxArchiveRate is 0, so nothing would be archived; leave it out");
        }
        if (maxBacklog != null && maxBacklog.bytes() == 0) {
            throw new IllegalArgumentException("maxBacklog is 0, so nothing could be appended; leave it out");
        }
        if (maxBacklogWait.isNegative() || closeWait.isNegative()) {
            throw new IllegalArgumentException(
                    "maxBacklogWait and closeWait are at least zero, but got " + maxBacklogWait + " and " + closeWait);
        }
    }

    /**
     * A log that is written to one store and archived to another, with the defaults for everything else.
     *
     * @param hot where it is written
     * @param archive where it is archived
     * @return the options
     */
    public static TieredStoreConfig of(StoreSpec hot, StoreSpec archive) {
        return new TieredStoreConfig(hot, archive, null, null, null, null, null, null, null, null, null);
    }

    /**
     * The keys that copies in the archive may name.
     *
     * @return the keys, possibly none
     */
    public List<ArchiveKey> keys() {
        return encryption == null ? List.of() : encryption.keys();
    }
}
