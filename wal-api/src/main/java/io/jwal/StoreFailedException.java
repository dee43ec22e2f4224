package io.jwal;

import org.jspecify.annotations.Nullable;

/** The store could not do what a read or an opening needed (no permission, unreachable, an I/O error). Nothing was changed
 * and the log is not harmed by it; the call may be tried again when the cause is mended. */
public final class StoreFailedException extends WalException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it, or null
     */
    public StoreFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
