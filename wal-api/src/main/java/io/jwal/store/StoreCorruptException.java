package io.jwal.store;

/** What the medium holds is not what was written: trying again does not help, a backup does. */
public final class StoreCorruptException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what is damaged, where, and what to do next
     */
    public StoreCorruptException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what is damaged, where, and what to do next
     * @param cause the failure behind it
     */
    public StoreCorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
