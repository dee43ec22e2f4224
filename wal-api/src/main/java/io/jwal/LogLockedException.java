package io.jwal;

import org.jspecify.annotations.Nullable;

/** Another writer has the log open. Nothing was changed. */
public final class LogLockedException extends WalException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it, or null
     */
    public LogLockedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
