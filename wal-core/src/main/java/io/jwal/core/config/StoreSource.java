package io.jwal.core.config;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.time.Clock;

/** Where a configuration takes its store from. */
public sealed interface StoreSource {
    /**
     * Opens the store, or hands out the one that is there.
     *
     * @param clock the time that the log lives by
     * @param metrics where the store reports
     * @return the store; whoever asked closes it
     * @throws IOException if it cannot be opened
     */
    Store open(Clock clock, MetricsSink metrics) throws IOException;

    /**
     * What to call the store in a message.
     *
     * @return the type in the configuration, or the class of a store made by the application
     */
    String name();

    /**
     * A store that its provider opens.
     *
     * @param spec which one
     * @param stores the types of store it may consist of
     */
    record Named(StoreSpec spec, StoreTypes stores) implements StoreSource {
        /** One name for the log and all its stores, so that an operator sets one level. */
        private static final System.Logger LOG = System.getLogger("io.jwal");

        @Override
        public Store open(Clock clock, MetricsSink metrics) throws IOException {
            return stores.open(spec, new LentContext(stores, clock, LOG, MetricsSink.guarded(metrics)));
        }

        @Override
        public String name() {
            return spec.type();
        }
    }

    /**
     * A store that the application made itself.
     *
     * @param store the store
     */
    record Given(Store store) implements StoreSource {
        @Override
        public Store open(Clock clock, MetricsSink metrics) {
            return store;
        }

        @Override
        public String name() {
            return store.getClass().getName();
        }
    }
}
