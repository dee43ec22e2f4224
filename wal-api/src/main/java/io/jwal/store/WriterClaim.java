package io.jwal.store;

import java.io.IOException;

/** The right to be the one writer of a store, from {@link Store#claimWriter} until it is closed. */
@FunctionalInterface
public interface WriterClaim extends AutoCloseable {
    /**
     * Gives the claim back. Twice is once. The engine calls it when none of the writer's threads is inside the store
     * any more.
     *
     * @throws IOException if the claim may still be held
     */
    @Override
    void close() throws IOException;
}
