package io.jwal.store;

import java.io.IOException;
import java.time.Clock;

/** What the engine lends to a store for as long as it is open. */
public interface StoreContext {
    /**
     * Opens a nested store, for stores that combine others. The caller closes it.
     *
     * @param spec the nested store, from the configuration
     * @return the store
     * @throws IOException if it cannot be opened
     */
    Store open(StoreSpec spec) throws IOException;

    /**
     * The time that the log lives by.
     *
     * @return a clock
     */
    Clock clock();

    /**
     * Where the store says what an operator should know. Never credentials.
     *
     * @return a logger named after the log
     */
    System.Logger logger();

    /**
     * Where the store reports what it measures.
     *
     * @return a sink that never throws
     */
    MetricsSink metrics();
}
