package io.jwal;

import io.jwal.store.SegmentId;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the log are not what was written: damage, not a torn write. Nothing was changed. The message says how to see
 * the extent of it and how to go on.
 */
public final class CorruptLogException extends WalException {
    private static final long serialVersionUID = 1L;
    private static final long UNKNOWN = -1;

    /** The damaged segment, null when the damage is not in one. */
    private final @Nullable SegmentId segment;

    /** Where in the segment, {@value #UNKNOWN} when not known. */
    private final long offset;

    /** Which entry, {@value #UNKNOWN} when not known. */
    private final long index;

    /**
     * Damage outside of segments, or as a whole.
     *
     * @param message what is damaged, and what to do next
     * @param cause the failure behind it, or null
     */
    public CorruptLogException(String message, @Nullable Throwable cause) {
        this(message, null, UNKNOWN, UNKNOWN, cause);
    }

    /**
     * Damage in a segment.
     *
     * @param message what is damaged, and what to do next
     * @param segment the segment, or null
     * @param offset bytes from the start of the segment, or negative if not known
     * @param index the entry hit, or negative if not known
     * @param cause the failure behind it, or null
     */
    public CorruptLogException(
            String message, @Nullable SegmentId segment, long offset, long index, @Nullable Throwable cause) {
        super(message, cause);
        this.segment = segment;
        this.offset = offset;
        this.index = index;
    }

    /**
     * The damaged segment.
     *
     * @return its id, or empty when the damage is not in one
     */
    public Optional<SegmentId> segment() {
        return Optional.ofNullable(segment);
    }

    /**
     * Where the damage was met.
     *
     * @return bytes from the start of the segment, or empty if not known
     */
    public OptionalLong offset() {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /**
     * The entry that could not be read.
     *
     * @return its index, or empty if not known
     */
    public OptionalLong index() {
        return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
    }
}
