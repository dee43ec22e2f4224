package io.jwal.store;

/**
 * The store cannot read what is there for want of something that can be had: a key, a library, a permission, a server that
 * is away. Nothing is known to be damaged, so nothing is given up for it, not even by salvage. The same holds for every
 * other failure to read that is no {@link StoreCorruptException} and names nothing as missing; this one says what to get.
 */
public class StoreUnreadableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is missing.
     *
     * @param message what cannot be read, for want of what, and what to do next
     */
    public StoreUnreadableException(String message) {
        super(message);
    }

    /**
     * Says what is missing and why.
     *
     * @param message what cannot be read, for want of what, and what to do next
     * @param cause the failure behind it
     */
    public StoreUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
