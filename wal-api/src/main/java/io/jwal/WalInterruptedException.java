package io.jwal;

/** The thread was interrupted while it waited. Its interrupt flag is still set, and the call has changed nothing. */
public final class WalInterruptedException extends WalException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what was waited for.
     *
     * @param waitedFor such as {@code "the next entry"}
     */
    public WalInterruptedException(String waitedFor) {
        super(
                "interrupted while waiting for " + waitedFor
                        + "; nothing was changed, the thread's interrupt flag is kept",
                null);
    }
}
