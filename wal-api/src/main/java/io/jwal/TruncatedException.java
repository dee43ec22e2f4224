package io.jwal;

/**
 * What a cursor or consumer stood on or would read was cut away. Decide where to go on: a new cursor, or
 * {@link WalConsumer#seek}.
 */
public final class TruncatedException extends WalException {
    private static final long serialVersionUID = 1L;

    /** The index that would have been read next. */
    private final long index;

    /** The first index of the log now. */
    private final long firstIndex;

    /** The last index of the log now. */
    private final long lastIndex;

    /**
     * Says where the reader stood.
     *
     * @param index the index that would have been read next
     * @param firstIndex the first index of the log now
     * @param lastIndex the last index of the log now
     */
    public TruncatedException(long index, long firstIndex, long lastIndex) {
        super(
                "entries at or before index " + index + " were cut away under this reader; the log now "
                        + (lastIndex < firstIndex
                                ? "is empty and goes on at " + firstIndex
                                : "holds " + firstIndex + " to " + lastIndex)
                        + "; go on with a new cursor, or seek",
                null);
        this.index = index;
        this.firstIndex = firstIndex;
        this.lastIndex = lastIndex;
    }

    /**
     * The index that would have been read next.
     *
     * @return the index
     */
    public long index() {
        return index;
    }

    /**
     * The first index of the log when it was found out.
     *
     * @return the first index
     */
    public long firstIndex() {
        return firstIndex;
    }

    /**
     * The last index of the log when it was found out.
     *
     * @return the last index
     */
    public long lastIndex() {
        return lastIndex;
    }
}
