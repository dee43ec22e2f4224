package io.jwal.core.segment;

import io.jwal.CorruptLogException;
import io.jwal.store.SegmentId;
import org.jspecify.annotations.Nullable;

/** Where errors about damaged bytes are made. */
public final class Damage {
    private Damage() {}

    /** An entry that cannot be read. */
    public static CorruptLogException entry(
            SegmentId segment, long offset, long index, String what, @Nullable Throwable cause) {
        return new CorruptLogException(
                "entry " + index + " is damaged: " + what + " (segment " + segment
                        + (offset < 0 ? "" : ", offset " + offset)
                        + "); the entries around it can still be read, run `wal verify` for the extent",
                segment,
                offset,
                index,
                cause);
    }

    /** A segment that cannot be read as a whole. */
    public static CorruptLogException segment(SegmentId segment, long offset, String what, @Nullable Throwable cause) {
        return new CorruptLogException(
                "segment " + segment + " " + what
                        + "; run `wal verify` for the extent, and restore the segment from a backup if there is one",
                segment,
                offset,
                -1,
                cause);
    }
}
