package io.jwal.store;

/** There is no such segment, or it was deleted. */
public final class SegmentNotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Which segment. */
    private final SegmentId segment;

    /**
     * Says which segment.
     *
     * @param segment the segment
     * @param message what happened, where
     */
    public SegmentNotFoundException(SegmentId segment, String message) {
        super(message);
        this.segment = segment;
    }

    /**
     * The segment.
     *
     * @return its id
     */
    public SegmentId segment() {
        return segment;
    }
}
