package io.jwal.core.config;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.time.Clock;

/**
 * What the engine lends to the stores of one log.
 *
 * @param stores the types of store that may be nested
 * @param clock the time that the log lives by
 * @param logger where operators look
 * @param metrics a sink that never throws
 */
public record LentContext(StoreTypes stores, Clock clock, System.Logger logger, MetricsSink metrics)
        implements StoreContext {
    @Override
    public Store open(StoreSpec spec) throws IOException {
        return stores.open(spec, this);
    }
}
