package io.jwal.store;

/** Heads the failures of a store that have a meaning of their own. */
public class StoreException extends java.io.IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     */
    public StoreException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
