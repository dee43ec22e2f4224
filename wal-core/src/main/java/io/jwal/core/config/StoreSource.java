package io.jwal.core.config;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Where a configuration takes its store from. */
public sealed interface StoreSource {
    /**
     * The source that an application means by an object.
     *
     * @param config a store, a {@link StoreSpec}, or a provider's record
     * @param stores the types of store there are
     * @param mistakes where it is told if no provider takes it
     * @return the source, or null after a mistake was reported
     */
    static @Nullable StoreSource of(Object config, StoreTypes stores, Mistakes mistakes) {
        if (config instanceof Store store) {
            return new Given(store);
        }
        try {
            return new Named(config instanceof StoreSpec spec ? stores.checked(spec) : stores.of(config), stores);
        } catch (IllegalArgumentException e) {
            mistakes.add("store", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Opens the store, or hands out the one that is there.
     *
     * @param clock the time that the log lives by
     * @param metrics where the store reports
     * @param takeover whether it may be taken over if it guards against that
     * @return the store; whoever asked closes it
     * @throws IOException if it cannot be opened
     */
    Store open(Clock clock, MetricsSink metrics, boolean takeover) throws IOException;

    /**
     * What {@link #of} made this source of, or could have.
     *
     * @return the store or its spec
     */
    Object config();

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
        public Store open(Clock clock, MetricsSink metrics, boolean takeover) throws IOException {
            return stores.open(spec, new LentContext(stores, clock, LOG, MetricsSink.guarded(metrics), takeover));
        }

        @Override
        public Object config() {
            return spec;
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
        public Store open(Clock clock, MetricsSink metrics, boolean takeover) {
            return store;
        }

        @Override
        public Object config() {
            return store;
        }

        @Override
        public String name() {
            return store.getClass().getName();
        }
    }
}
