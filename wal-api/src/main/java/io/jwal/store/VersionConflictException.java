package io.jwal.store;

/** The current value of a register is not the expected one: somebody else wrote it. It does not mean that the value at hand never was the current one. */
public final class VersionConflictException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     */
    public VersionConflictException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it
     */
    public VersionConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
