package io.jwal.store;

/** A newer writer has taken the store over; this one can change nothing any more. */
public final class StoreFencedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     */
    public StoreFencedException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it
     */
    public StoreFencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
