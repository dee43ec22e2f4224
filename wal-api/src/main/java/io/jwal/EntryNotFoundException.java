package io.jwal;

/** The log holds no entry of this index. */
public final class EntryNotFoundException extends WalException {
    private static final long serialVersionUID = 1L;

    /** The index asked for. */
    private final long index;

    /** The first index of the log. */
    private final long firstIndex;

    /** The last index of the log. */
    private final long lastIndex;

    /**
     * Says what was asked for and what there is.
     *
     * @param index the index asked for
     * @param firstIndex the first index of the log
     * @param lastIndex the last index of the log
     */
    public EntryNotFoundException(long index, long firstIndex, long lastIndex) {
        super(
                "there is no entry " + index + ": "
                        + (lastIndex < firstIndex
                                ? "the log is empty and goes on at " + firstIndex
                                : "it holds " + firstIndex + " to " + lastIndex),
                null);
        this.index = index;
        this.firstIndex = firstIndex;
        this.lastIndex = lastIndex;
    }

    /**
     * The index asked for.
     *
     * @return the index
     */
    public long index() {
        return index;
    }

    /**
     * The first index of the log at that moment.
     *
     * @return the first index
     */
    public long firstIndex() {
        return firstIndex;
    }

    /**
     * The last index of the log at that moment.
     *
     * @return the last index
     */
    public long lastIndex() {
        return lastIndex;
    }
}
