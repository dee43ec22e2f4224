package io.jwal.store.s3.objects;

import java.io.IOException;

/**
 * Something that asks the storage.
 *
 * @param <T> what it comes back with
 */
@FunctionalInterface
public interface IoCall<T> {
    /**
     * Asks.
     *
     * @return what came back
     * @throws IOException if it failed
     */
    T run() throws IOException;
}
