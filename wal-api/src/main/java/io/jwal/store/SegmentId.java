package io.jwal.store;

import java.io.Serializable;
import java.util.HexFormat;

/**
 * Names a segment: the epoch of the writer that made it, and a sequence number within that epoch. Two writers never
 * share an id, and an id once dropped is never used again. Ids order by epoch, then by sequence.
 *
 * @param epoch the writer's epoch, at least 1
 * @param sequence the place within the epoch, at least 1
 */
public record SegmentId(long epoch, int sequence) implements Comparable<SegmentId>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final int TEXT_LENGTH = 25;
    private static final int DASH = 16;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public SegmentId {
        if (epoch < 1 || sequence < 1) {
            throw new IllegalArgumentException(
                    "a segment id starts at epoch 1, sequence 1, but got " + epoch + ", " + sequence);
        }
    }

    /**
     * Reads the text form of an id.
     *
     * @param text 16 lower-case hexadecimal digits, {@code -}, 8 more
     * @return the id
     * @throws IllegalArgumentException if the text is anything else
     */
    public static SegmentId parse(String text) {
        if (text.length() == TEXT_LENGTH && text.charAt(DASH) == '-') {
            try {
                SegmentId id = new SegmentId(
                        HexFormat.fromHexDigitsToLong(text, 0, DASH),
                        HexFormat.fromHexDigits(text, DASH + 1, TEXT_LENGTH));
                if (id.toString().equals(text)) {
                    return id;
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a segment id: \"" + text + "\"", e);
            }
        }
        throw new IllegalArgumentException("not a segment id: \"" + text + "\"");
    }

    @Override
    public int compareTo(SegmentId other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Integer.compare(sequence, other.sequence);
    }

    /** The only text form of an id, used by every store for names: 16 hexadecimal digits, {@code -}, 8 more. */
    @Override
    public String toString() {
        return HEX.toHexDigits(epoch) + "-" + HEX.toHexDigits(sequence);
    }
}
