package io.jwal.store;

/** The segment exists already, or existed and was fenced. */
public final class SegmentExistsException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Which segment. */
    private final SegmentId segment;

    /**
     * Says which segment.
     *
     * @param segment the segment
     * @param message what happened, where
     */
    public SegmentExistsException(SegmentId segment, String message) {
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
