package io.jwal.store;

/** Another writer holds the store; nothing was changed. */
public final class StoreLockedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     */
    public StoreLockedException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it
     */
    public StoreLockedException(String message, Throwable cause) {
        super(message, cause);
    }
}
