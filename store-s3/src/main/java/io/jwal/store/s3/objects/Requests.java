package io.jwal.store.s3.objects;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Sends requests on threads of the store's own, never on a caller's: an HTTP client gives up when its thread is
 * interrupted, and the outcome of a change would be unknown.
 */
public interface Requests extends AutoCloseable {
    /**
     * Starts to ask. A call never waits for another one.
     *
     * @param call what to ask
     * @return completes with what came back, or with its {@link IOException}
     * @param <T> what comes back
     */
    <T> CompletableFuture<T> start(IoCall<T> call);

    /**
     * Waits, uninterruptibly.
     *
     * @param future what {@link #start} returned, or what depends on it
     * @return what came back
     * @throws IOException what the call threw
     * @param <T> what comes back
     */
    <T> T await(CompletableFuture<T> future) throws IOException;

    /**
     * Asks and waits.
     *
     * @param call what to ask
     * @return what came back
     * @throws IOException what the call threw
     * @param <T> what comes back
     */
    default <T> T call(IoCall<T> call) throws IOException {
        return await(start(call));
    }

    /**
     * Has something done and waits.
     *
     * @param action what to do
     * @throws IOException what it threw
     */
    default void run(IoAction action) throws IOException {
        call(() -> {
            action.run();
            return action;
        });
    }

    /** Takes no more; what was started goes on. Twice is once. */
    @Override
    void close();
}
