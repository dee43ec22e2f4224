package io.jwal;

import org.jspecify.annotations.Nullable;

/** There is no log where the configuration says. A reader never creates one; open it for writing once. */
public final class LogNotFoundException extends WalException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it, or null
     */
    public LogNotFoundException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
