package io.jwal.core;

import io.jwal.core.config.DurationText;
import io.jwal.core.config.Mistakes;
import io.jwal.store.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the options must hold, alone and together. */
final class LogLimits {
    /** Room for a few small batches; tests want segments that small. */
    private static final ByteSize SMALLEST_SEGMENT = ByteSize.ofKibibytes(4);

    private static final ByteSize SMALLEST_COMMIT = ByteSize.ofKibibytes(4);
    private static final ByteSize SMALLEST_RETENTION = SMALLEST_SEGMENT;
    private static final ByteSize SMALLEST_ENTRY = ByteSize.ofBytes(1);

    /**
     * Positions inside a segment are 32 bits, and memory maps and arrays end there too; 64 MiB of it are for what a
     * segment holds besides entries: headers, the index of 2^20 entries, the trailer.
     */
    private static final ByteSize SEGMENT_ROOM = ByteSize.ofMebibytes(2048 - 64);

    /** A hundred years: counted in nanoseconds it still fits a long. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final LogOptions options;
    private final Mistakes mistakes;

    private LogLimits(LogOptions options, Mistakes mistakes) {
        this.options = options;
        this.mistakes = mistakes;
    }

    /** Checks all; an option that could not be read is left out, what it would have been is anybody's guess. */
    static void check(LogOptions options, Mistakes mistakes) {
        LogLimits limits = new LogLimits(options, mistakes);
        limits.checkSizes();
        limits.checkDurations();
    }

    /** The largest size up to the wanted one at which a segment stays within its bounds. */
    static ByteSize fitting(ByteSize wanted, ByteSize maxBatch) {
        return ByteSize.ofBytes(Math.min(wanted.bytes(), largestSegment(maxBatch)));
    }

    private static long largestSegment(ByteSize maxBatch) {
        return SEGMENT_ROOM.bytes() - maxBatch.bytes() - 1;
    }

    private void checkSizes() {
        atLeast("segment.size", options.segment().size(), SMALLEST_SEGMENT);
        atLeast("maxEntry", options.maxEntry(), SMALLEST_ENTRY);
        atLeast("commit.maxBytes", options.commit().maxBytes(), SMALLEST_COMMIT);
        atLeast("retention.maxBytes", options.retention().maxBytes(), SMALLEST_RETENTION);
        ByteSize maxEntry = options.maxEntryOrDefault();
        ByteSize maxBatch = options.maxBatchOrDefault();
        ByteSize commit = options.commitMaxBytesOrDefault();
        if (sound("maxEntry", "maxBatch") && maxBatch.compareTo(maxEntry) < 0) {
            mistakes.add("maxBatch", maxBatch + " is less than maxEntry, " + maxEntry + "; a batch takes every entry");
        }
        if (sound("commit.maxBytes", "maxBatch") && commit.compareTo(maxBatch) > 0) {
            mistakes.add("commit.maxBytes", commit + " is more than maxBatch, " + maxBatch + "; a commit is one batch");
        }
        if (sound("segment.size", "maxEntry", "maxBatch")) {
            checkRoom(maxBatch);
        }
    }

    private void checkRoom(ByteSize maxBatch) {
        ByteSize size = options.segment().size();
        ByteSize segment = size == null ? SMALLEST_SEGMENT : size;
        if (segment.bytes() <= largestSegment(maxBatch)) {
            return;
        }
        if (size != null) {
            mistakes.add(
                    "segment.size",
                    size + " and maxBatch, " + maxBatch + ", do not fit into one segment; together they stay below "
                            + SEGMENT_ROOM);
        } else {
            mistakes.add(
                    options.maxBatch() == null ? "maxEntry" : "maxBatch",
                    maxBatch + " does not fit into one segment; stay below " + SEGMENT_ROOM);
        }
    }

    private void checkDurations() {
        aboveZero("segment.maxAge", options.segment().maxAge());
        aboveZero("durability.interval", options.durability().interval());
        aboveZero("retention.maxAge", options.retention().maxAge());
        Duration delay = options.commit().maxDelay();
        if (delay != null && delay.isNegative()) {
            mistakes.add("commit.maxDelay", DurationText.of(delay) + " is below zero; write 0ms for none");
        }
        notTooLong("commit.maxDelay", delay);
    }

    private void atLeast(String path, @Nullable ByteSize size, ByteSize smallest) {
        if (size != null && size.compareTo(smallest) < 0) {
            mistakes.add(path, size + " is too small; at least " + smallest);
        }
    }

    private void aboveZero(String path, @Nullable Duration duration) {
        if (duration != null && (duration.isNegative() || duration.isZero())) {
            mistakes.add(path, DurationText.of(duration) + " is not above zero; leave it out for the default");
        }
        notTooLong(path, duration);
    }

    private void notTooLong(String path, @Nullable Duration duration) {
        if (duration != null && duration.compareTo(LONGEST) > 0) {
            mistakes.add(path, DurationText.of(duration) + " is too long; at most " + DurationText.of(LONGEST));
        }
    }

    private boolean sound(String... paths) {
        for (String path : paths) {
            if (mistakes.touch(path)) {
                return false;
            }
        }
        return true;
    }
}
