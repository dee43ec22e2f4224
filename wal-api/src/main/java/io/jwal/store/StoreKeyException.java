package io.jwal.store;

/**
 * What the store holds is encrypted, and the key that it names is not configured, or is not the right one. Nothing is
 * damaged: with the key it can be read.
 */
public final class StoreKeyException extends StoreUnreadableException {
    private static final long serialVersionUID = 1L;

    private final String keyId;

    /**
     * Says what happened.
     *
     * @param keyId the name of the key
     * @param message what happened, where, and what to do next; never the key itself
     */
    public StoreKeyException(String keyId, String message) {
        super(message);
        this.keyId = keyId;
    }

    /**
     * Says what happened and why.
     *
     * @param keyId the name of the key
     * @param message what happened, where, and what to do next; never the key itself
     * @param cause the failure behind it
     */
    public StoreKeyException(String keyId, String message, Throwable cause) {
        super(message, cause);
        this.keyId = keyId;
    }

    /**
     * Which key is needed.
     *
     * @return its name
     */
    public String keyId() {
        return keyId;
    }
}
