package io.jwal.store;

/**
 * What the medium holds is not what was written, or it does not give it back any more, as a disk says with an I/O error:
 * trying again does not help, a backup does. Salvage gives up what this says of an open segment, so a store throws it only
 * for what is known to be lost.
 */
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
