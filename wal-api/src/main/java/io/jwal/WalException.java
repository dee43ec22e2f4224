package io.jwal;

import org.jspecify.annotations.Nullable;

/**
 * Heads everything that a log refuses with. Each kind carries what a program can act on, and a message that says what
 * happened, where, and what to do next.
 */
public abstract class WalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it, or null
     */
    protected WalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
