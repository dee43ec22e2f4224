package io.jwal.store.s3.format;

import io.jwal.store.SegmentId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the objects of a log are named.
 *
 * @param prefix what all of them begin with; empty, or with a {@code /} at its end
 */
public record Keys(String prefix) {
    private static final Pattern REGISTER = Pattern.compile("[a-z0-9-]{1,64}");
    private static final String SEALED = ".seg";
    private static final String PART = ".part";
    private static final int ID_LENGTH = 25;
    private static final int NUMBER_LENGTH = 8;
    private static final int PART_LENGTH = ID_LENGTH + 1 + NUMBER_LENGTH + PART.length();

    /** The largest number of a part. */
    public static final int MAX_NUMBER = 99_999_999;

    /**
     * Of a register.
     *
     * @param name its name, from outside
     * @return the key
     * @throws IllegalArgumentException if no register may be called so
     */
    public String register(String name) {
        if (!REGISTER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a register's name is 1 to 64 lower-case letters, digits and -, but got \"" + name + "\"");
        }
        return prefix + "registers/" + name;
    }

    /**
     * What the keys of all segments begin with.
     *
     * @return a prefix
     */
    public String segments() {
        return prefix + "segments/";
    }

    /**
     * What all keys of one segment begin with, and no others.
     *
     * @param id the segment
     * @return a prefix
     */
    public String segment(SegmentId id) {
        return segments() + id;
    }

    /**
     * What the keys of all parts of one segment begin with.
     *
     * @param id the segment
     * @return a prefix
     */
    public String parts(SegmentId id) {
        return segment(id) + "/";
    }

    /**
     * Of a part.
     *
     * @param id the segment
     * @param number its number
     * @return the key
     */
    public String part(SegmentId id, int number) {
        String digits = Integer.toString(number);
        return parts(id) + "0".repeat(NUMBER_LENGTH - digits.length()) + digits + PART;
    }

    /**
     * Of a sealed segment.
     *
     * @param id the segment
     * @return the key
     */
    public String sealed(SegmentId id) {
        return segment(id) + SEALED;
    }

    /**
     * What the keys of probes begin with.
     *
     * @return a prefix
     */
    public String probes() {
        return prefix + "probe/";
    }

    /**
     * What a key below {@link #segments} names.
     *
     * @param segment the segment
     * @param number the part's number, or 0 for the sealed segment
     */
    public record Named(SegmentId segment, int number) {
        /**
         * Whether it is the sealed segment.
         *
         * @return false for a part
         */
        public boolean isSealed() {
            return number == 0;
        }
    }

    /**
     * Takes a key apart.
     *
     * @param key any key
     * @return what it names, or empty if it is none of the log's segments
     */
    public Optional<Named> parse(String key) {
        if (!key.startsWith(segments())) {
            return Optional.empty();
        }
        String name = key.substring(segments().length());
        if (name.length() < ID_LENGTH) {
            return Optional.empty();
        }
        SegmentId id;
        try {
            id = SegmentId.parse(name.substring(0, ID_LENGTH));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (key.equals(sealed(id))) {
            return Optional.of(new Named(id, 0));
        }
        return name.length() == PART_LENGTH ? part(key, id, name) : Optional.empty();
    }

    private Optional<Named> part(String key, SegmentId id, String name) {
        String digits = name.substring(ID_LENGTH + 1, ID_LENGTH + 1 + NUMBER_LENGTH);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return number > 0 && key.equals(part(id, number)) ? Optional.of(new Named(id, number)) : Optional.empty();
    }
}
