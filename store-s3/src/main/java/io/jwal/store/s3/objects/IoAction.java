package io.jwal.store.s3.objects;

import java.io.IOException;

/** Something that asks the storage for nothing but to be done. */
@FunctionalInterface
public interface IoAction {
    /**
     * Asks.
     *
     * @throws IOException if it failed
     */
    void run() throws IOException;
}
