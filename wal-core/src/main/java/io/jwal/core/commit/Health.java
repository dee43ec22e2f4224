package io.jwal.core.commit;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalClosedException;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether a log accepts appends. The first failure is final: it poisons the log, or says that the log was fenced.
 * Closing ends either state.
 */
public final class Health {
    private enum State {
        OPEN,
        FAILED,
        FENCED,
        CLOSED
    }

    private record Status(State state, @Nullable Throwable cause) {}

    private static final Status OPEN = new Status(State.OPEN, null);

    private final long epoch;
    private final StoredEpoch stored;
    private final AtomicReference<Status> status = new AtomicReference<>(OPEN);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Reads the epoch that stands in the store now. */
    @FunctionalInterface
    public interface StoredEpoch {
        /** Reads it. */
        long read() throws IOException;
    }

    /**
     * A healthy log.
     *
     * @param epoch its writer's
     * @param stored tells a successor's work from damage
     */
    public Health(long epoch, StoredEpoch stored) {
        this.epoch = epoch;
        this.stored = stored;
    }

    /** Has somebody told when the log stops accepting appends, for whatever reason. */
    public void onEnd(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether appends are accepted. */
    @SuppressWarnings("ReferenceEquality") // there is one such status, and each entry of a scan asks
    public boolean isOpen() {
        return status.get() == OPEN;
    }

    /** Whether nothing has failed, so that what was accepted may still be written, also while closing. */
    public boolean canWrite() {
        return status.get().cause == null;
    }

    /** What the log failed of, or null. */
    public @Nullable Throwable cause() {
        return status.get().cause;
    }

    /** Whether the log was closed. */
    public boolean isClosed() {
        return status.get().state == State.CLOSED;
    }

    /** Throws what an append gets, unless it is accepted. */
    public void check() {
        if (!isOpen()) {
            throw refusal();
        }
    }

    /** Throws if the log was closed. */
    public void checkNotClosed() {
        if (isClosed()) {
            throw new WalClosedException("the log");
        }
    }

    /** What an append gets that is not accepted; nothing of it was written. */
    public WalException refusal() {
        Status now = status.get();
        return switch (now.state) {
            case CLOSED -> new WalClosedException("the log");
            case FENCED -> fenced(now.cause);
            case OPEN, FAILED ->
                new WalFailedException(
                        "the log failed before and accepts nothing more" + why(now.cause)
                                + "; nothing of this call was written: close the log, mend the cause, and open it again",
                        now.cause);
        };
    }

    /**
     * Ends the log's life as a writer after a failed change, if nothing has before.
     *
     * @param failure what went wrong
     * @return what the call gets whose change failed
     */
    public WalException fail(Throwable failure) {
        Throwable cause = replaced(failure);
        boolean fenced = cause instanceof FencedException || cause instanceof StoreFencedException;
        Status before = status.get();
        while (before.cause == null) {
            // Also while closing: what is behind a failed batch must not be written any more.
            State ended = fenced ? State.FENCED : State.FAILED;
            Status now = new Status(before.state == State.CLOSED ? State.CLOSED : ended, cause);
            if (status.compareAndSet(before, now)) {
                listeners.forEach(Runnable::run);
                break;
            }
            before = status.get();
        }
        return fenced
                ? fenced(cause)
                : new OutcomeUnknownException(
                        "a change of the log failed" + why(cause)
                                + "; it is there as a whole or not at all when the log is opened again: close the log,"
                                + " mend the cause, open it and look before trying again",
                        cause);
    }

    /** What is missing or damaged under a writer that was replaced is its successor's work. */
    private Throwable replaced(Throwable failure) {
        if (failure instanceof SegmentNotFoundException || failure instanceof CorruptLogException) {
            try {
                long newer = stored.read();
                return newer > epoch ? new FencedException(epoch, newer, failure) : failure;
            } catch (IOException | RuntimeException e) {
                // A manifest that is hurt itself, or a store with a bug: the log fails all the same.
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    /** Ends it by closing. */
    public void close() {
        Status before = status.getAndUpdate(now -> new Status(State.CLOSED, now.cause));
        if (before.state != State.CLOSED) {
            listeners.forEach(Runnable::run);
        }
    }

    private FencedException fenced(@Nullable Throwable cause) {
        return new FencedException(epoch, cause instanceof FencedException known ? known.newerEpoch() : 0, cause);
    }

    private static String why(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return (cause instanceof StoreFullException ? " (no space left: " : " (") + reason + ")";
    }
}
