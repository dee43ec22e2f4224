package io.jwal.store.tiered;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreSpec;
import java.time.Clock;

/** What a test lends to a store when no engine is there. */
record PlainContext(boolean takeover) implements StoreContext {
    @Override
    public Store open(StoreSpec spec) {
        throw new UnsupportedOperationException("the stores of this test are open");
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("io.jwal");
    }

    @Override
    public MetricsSink metrics() {
        return MetricsSink.DISABLED;
    }
}
