package io.jwal;

import org.jspecify.annotations.Nullable;

/**
 * A newer writer has opened the log, and this one can change nothing any more. Do not open it again automatically: two
 * processes that both do so take the log from each other for ever. Find out which of them should write.
 */
public final class FencedException extends WalException {
    private static final long serialVersionUID = 1L;

    /** This writer's epoch. */
    private final long epoch;

    /** The newer epoch, 0 if not known. */
    private final long newerEpoch;

    /**
     * Says who is fenced.
     *
     * @param epoch this writer's epoch
     * @param newerEpoch the newer writer's epoch, or 0 when it is not known
     * @param cause the failure behind it, or null
     */
    public FencedException(long epoch, long newerEpoch, @Nullable Throwable cause) {
        super(
                "this writer (epoch " + epoch + ") was fenced: "
                        + (newerEpoch > 0 ? "epoch " + newerEpoch : "a newer writer")
                        + " has the log now" + (newerEpoch > 0 || cause == null ? "" : " (" + cause.getMessage() + ")")
                        + "; close this one, and make sure that only one process writes",
                cause);
        this.epoch = epoch;
        this.newerEpoch = newerEpoch;
    }

    /**
     * This writer's epoch.
     *
     * @return the epoch
     */
    public long epoch() {
        return epoch;
    }

    /**
     * The epoch of the writer that took over.
     *
     * @return the epoch, 0 if not known
     */
    public long newerEpoch() {
        return newerEpoch;
    }
}
