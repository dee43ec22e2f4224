package io.jwal;

import org.jspecify.annotations.Nullable;

/** A write or a sync failed, and the log accepts nothing more until it is opened again. Reading goes on up to the durable
 * index. The cause is the first failure. */
public class WalFailedException extends WalException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it, or null
     */
    public WalFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
