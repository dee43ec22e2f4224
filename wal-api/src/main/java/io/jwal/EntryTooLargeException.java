package io.jwal;

/** An entry, or a batch as a whole, is larger than the configuration allows. Nothing was appended. */
public final class EntryTooLargeException extends WalException {
    private static final long serialVersionUID = 1L;

    /** How large it is. */
    private final long size;

    /** How large it may be. */
    private final long limit;

    /**
     * Says what is too large.
     *
     * @param what such as {@code "the entry"}
     * @param size how large it is
     * @param limit how large it may be
     * @param option the option that sets the limit
     */
    public EntryTooLargeException(String what, long size, long limit, String option) {
        super(
                what + " has " + size + ", but " + option + " allows " + limit
                        + "; nothing was appended: split it, or raise the limit",
                null);
        this.size = size;
        this.limit = limit;
    }

    /**
     * How large it is.
     *
     * @return bytes, or entries when the batch has too many of them
     */
    public long size() {
        return size;
    }

    /**
     * How large it may be.
     *
     * @return bytes, or entries when the batch has too many of them
     */
    public long limit() {
        return limit;
    }
}
