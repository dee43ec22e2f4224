package io.jwal;

/** The log, cursor or consumer was closed; also thrown to everyone that waited in it then. */
public final class WalClosedException extends WalException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what was closed.
     *
     * @param what such as {@code "the log"}
     */
    public WalClosedException(String what) {
        super(what + " is closed; open it again to go on", null);
    }
}
