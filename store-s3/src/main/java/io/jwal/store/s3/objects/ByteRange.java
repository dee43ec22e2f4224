package io.jwal.store.s3.objects;

/**
 * Which bytes of an object.
 *
 * @param from the first, or -1 for so many at the end
 * @param length how many, at least 1
 */
public record ByteRange(long from, int length) {
    private static final long END = -1;

    /** Checks the ranges. */
    public ByteRange {
        if (from < END || length < 1) {
            throw new IllegalArgumentException("no range: " + length + " bytes from " + from);
        }
    }

    /**
     * So many bytes at the end of an object; all of a shorter one.
     *
     * @param length how many, at least 1
     * @return the range
     */
    public static ByteRange last(int length) {
        return new ByteRange(END, length);
    }

    /**
     * Whether it is counted from the end.
     *
     * @return true for {@link #last}
     */
    public boolean isLast() {
        return from == END;
    }
}
