package io.jwal;

import org.jspecify.annotations.Nullable;

/** The log failed while this very call was under way: what it wanted is whole or absent when the log is opened again.
 * Check there before trying again. */
public final class OutcomeUnknownException extends WalFailedException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it, or null
     */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
