package io.jwal.store.tck;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.time.Clock;

/**
 * What a test lends to a store that no engine opens: the time, the logger {@code io.jwal}, and metrics that go nowhere. A
 * test of a store that holds others overrides {@link #open}.
 */
public class TestContext implements StoreContext {
    /** Lends no other store. */
    public TestContext() {}

    @Override
    public Store open(StoreSpec spec) throws IOException {
        throw new UnsupportedOperationException(
                "this test lends no other store; override open(StoreSpec) to lend one of type \"" + spec.type() + "\"");
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
