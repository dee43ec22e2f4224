package io.jwal.core;

import io.jwal.store.SegmentId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LogInspector#verify} has found out about a log by reading every byte of it.
 *
 * <p>The digest tells whether two logs hold the same: SHA-256 over all entries in order, of each its index (8 bytes),
 * its length (4 bytes), both little-endian, and its content. It depends neither on the store nor on how entries were
 * batched.
 *
 * @param firstIndex the first index of the log
 * @param lastIndex the last index of the log, by the recovery rule
 * @param entries how many entries verify; {@code lastIndex - firstIndex + 1} in a sound log
 * @param digest the digest in hexadecimal; null if an entry could not be read
 * @param bytes how many bytes of segments were read
 * @param tornBytes how many bytes behind the last entry are a write that nobody was promised; the next writer drops them
 * @param cutMeanwhile whether a writer cut the log again and again while it was verified; what was cut away was not
 *     looked at, and there is no digest
 * @param quarantined how many segments salvage has set aside; they are not looked at
 * @param unnamed segments of the store that the manifest does not name: left behind by a crash, and deleted by the next
 *     writer; or made by a writer a moment ago. They harm nothing
 * @param findings what is wrong, in the order of the log; the first {@value #MAX_FINDINGS} of it
 * @param findingCount how much is wrong
 */
public record Verification(
        long firstIndex,
        long lastIndex,
        long entries,
        @Nullable String digest,
        long bytes,
        long tornBytes,
        boolean cutMeanwhile,
        int quarantined,
        List<SegmentId> unnamed,
        List<Finding> findings,
        long findingCount) {
    /** How many findings are kept; memory stays bounded however much is wrong. */
    public static final int MAX_FINDINGS = 1000;

    /** Takes copies of the lists. */
    public Verification {
        unnamed = List.copyOf(unnamed);
        findings = List.copyOf(findings);
    }

    /**
     * Whether everything is as it should be.
     *
     * @return true if nothing was found to be wrong
     */
    public boolean isSound() {
        return findingCount == 0;
    }

    /**
     * Something that is wrong.
     *
     * @param segment the segment, if it is in one
     * @param offset bytes from the start of the segment, if that is known
     * @param index the entry hit, or the first of several, if that is known
     * @param what what is wrong there
     */
    public record Finding(Optional<SegmentId> segment, OptionalLong offset, OptionalLong index, String what) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            segment.ifPresent(id -> text.append("segment ").append(id).append(", "));
            offset.ifPresent(at -> text.append("offset ").append(at).append(", "));
            index.ifPresent(entry -> text.append("index ").append(entry).append(", "));
            if (!text.isEmpty()) {
                text.setLength(text.length() - 2);
                text.append(": ");
            }
            return text.append(what).toString();
        }
    }

    /** Told now and then how far the verification has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called from the thread that verifies.
         *
         * @param done how many bytes are read
         * @param all how many there are; both begin anew if the log changed so much that verification does, too
         */
        void at(long done, long all);
    }
}
