package io.jwal;

/** An explicit index is not the one that comes next. Nothing was written. */
public final class OutOfOrderException extends WalException {
    private static final long serialVersionUID = 1L;

    /** The index that comes next. */
    private final long expected;

    /** The index that was given. */
    private final long actual;

    /**
     * Says what was expected.
     *
     * @param expected the index that comes next
     * @param actual the index that was given
     */
    public OutOfOrderException(long expected, long actual) {
        super("expected index " + expected + ", but got " + actual + "; nothing was written", null);
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * The index that comes next.
     *
     * @return the expected index
     */
    public long expected() {
        return expected;
    }

    /**
     * The index that was given.
     *
     * @return the refused index
     */
    public long actual() {
        return actual;
    }
}
