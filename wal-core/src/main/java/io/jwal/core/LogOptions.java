package io.jwal.core;

import io.jwal.Durability;
import io.jwal.core.config.About;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options as they stand in a configuration file, each null where nothing was written. The names of the components
 * are the names in the file, and what is bound to them, explained about them and generated from them follows this one
 * description.
 */
record LogOptions(
        @About(value = "Where the log lives: the type of a store, and that store's options.", required = true) @Nullable
        StoreSpec store,

        @About("When a segment is full and the next one begins.")
        Segment segment,

        @About(value = "The largest entry that an append takes.", byDefault = "64MiB, or maxBatch if that is smaller")
        @Nullable
        ByteSize maxEntry,

        @About(
                value = "The largest batch that an append takes and a commit writes.",
                byDefault = "256MiB, or maxEntry if that is larger")
        @Nullable
        ByteSize maxBatch,

        @About("What an append promises when it returns.") DurabilityGroup durability,

        @About("How concurrent appends share a commit.") Commit commit,

        @About("What reading may keep in memory.") Cache cache,

        @About("What the log removes by itself: whole segments, from its beginning.")
        RetentionGroup retention,

        @About("What happens when a log comes back damaged.")
        Recovery recovery) {

    static final LogOptions NONE = new LogOptions(
            null,
            new Segment(null, null),
            null,
            null,
            new DurabilityGroup(null, null),
            new Commit(null, null),
            new Cache(null),
            new RetentionGroup(null, null, null),
            new Recovery(null));

    static final Duration DURABILITY_INTERVAL = Duration.ofMillis(100);

    private static final ByteSize MAX_ENTRY = ByteSize.ofMebibytes(64);
    private static final ByteSize MAX_BATCH = ByteSize.ofMebibytes(256);
    private static final ByteSize COMMIT_MAX_BYTES = ByteSize.ofMebibytes(4);
    private static final ByteSize LARGEST_DEFAULT_CACHE = ByteSize.ofMebibytes(256);
    private static final int CACHE_SHARE_OF_HEAP = 8;

    /** A default gives way to what was written, so that changing one option does not take changing three. */
    ByteSize maxEntryOrDefault() {
        if (maxEntry != null) {
            return maxEntry;
        }
        return maxBatch == null ? MAX_ENTRY : smaller(MAX_ENTRY, maxBatch);
    }

    ByteSize maxBatchOrDefault() {
        if (maxBatch != null) {
            return maxBatch;
        }
        return maxEntry == null || maxEntry.compareTo(MAX_BATCH) < 0 ? MAX_BATCH : maxEntry;
    }

    ByteSize commitMaxBytesOrDefault() {
        ByteSize written = commit.maxBytes();
        return written != null ? written : smaller(COMMIT_MAX_BYTES, maxBatchOrDefault());
    }

    static ByteSize defaultCache() {
        return smaller(
                LARGEST_DEFAULT_CACHE, ByteSize.ofBytes(Runtime.getRuntime().maxMemory() / CACHE_SHARE_OF_HEAP));
    }

    private static ByteSize smaller(ByteSize left, ByteSize right) {
        return left.compareTo(right) <= 0 ? left : right;
    }

    record Segment(
            @About(
                    value = "The size at which a segment is rolled; at least 4KiB.",
                    byDefault = "what the store suggests")
            @Nullable
            ByteSize size,

            @About(value = "The age at which a segment with entries is rolled.", byDefault = "never") @Nullable
            Duration maxAge) {}

    record DurabilityGroup(
            @About(
                    value = "sync: durable when the append returns; interval: written and synced every interval;"
                            + " none: written soon, synced when a segment is sealed.",
                    byDefault = "sync")
            @Nullable
            Durability mode,

            @About(value = "How often the mode interval writes and syncs.", byDefault = "100ms") @Nullable
            Duration interval) {}

    record Commit(
            @About(
                    value = "How long a commit waits for company; 0ms for not at all.",
                    byDefault = "what the store suggests")
            @Nullable
            Duration maxDelay,

            @About(
                    value = "How many bytes of several calls a commit gathers; from 4KiB to maxBatch.",
                    byDefault = "4MiB, or maxBatch if that is smaller")
            @Nullable
            ByteSize maxBytes) {}

    record Cache(
            @About(
                    value = "How much memory the readers of sealed segments may hold.",
                    byDefault = "256MiB, or an eighth of the heap if that is smaller")
            @Nullable
            ByteSize bytes) {}

    record RetentionGroup(
            @About(value = "Entries older than this may go.", byDefault = "kept at any age") @Nullable
            Duration maxAge,

            @About(value = "The oldest entries may go when the log is larger than this.", byDefault = "any size")
            @Nullable
            ByteSize maxBytes,

            @About(value = "Whether entries stay until every consumer has passed them.", byDefault = "true") @Nullable
            Boolean waitForConsumers) {}

    record Recovery(
            @About(
                    value = "When acknowledged entries are damaged: refuse to open for writing, or salvage the longest"
                            + " sound prefix and keep the damaged segments aside.",
                    byDefault = "refuse")
            WalConfig.@Nullable OnCorruption onCorruption) {}
}
