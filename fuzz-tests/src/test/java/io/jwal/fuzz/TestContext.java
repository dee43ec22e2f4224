package io.jwal.fuzz;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreSpec;
import java.time.Clock;

/** What the engine would lend to a store. */
final class TestContext implements StoreContext {
    @Override
    public Store open(StoreSpec spec) {
        throw new UnsupportedOperationException("no store holds another one here");
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
