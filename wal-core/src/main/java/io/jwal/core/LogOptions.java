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
        @About(value = "Where the log lives.", required = true) @Nullable
        StoreSpec store,

        Segment segment,
        @Nullable ByteSize maxEntry,
        @Nullable ByteSize maxBatch,
        DurabilityGroup durability,
        Commit commit,
        Cache cache,
        RetentionGroup retention,
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

    record Segment(@Nullable ByteSize size, @Nullable Duration maxAge) {}

    record DurabilityGroup(
            @Nullable Durability mode, @Nullable Duration interval) {}

    record Commit(@Nullable Duration maxDelay, @Nullable ByteSize maxBytes) {}

    record Cache(@Nullable ByteSize bytes) {}

    record RetentionGroup(
            @Nullable Duration maxAge,
            @Nullable ByteSize maxBytes,
            @Nullable Boolean waitForConsumers) {}

    record Recovery(WalConfig.@Nullable OnCorruption onCorruption) {}
}
