package io.jwal.store;

/** The medium has no space left. */
public final class StoreFullException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     */
    public StoreFullException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it
     */
    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
