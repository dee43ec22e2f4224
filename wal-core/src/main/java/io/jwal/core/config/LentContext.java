package io.jwal.core.config;

import io.jwal.core.inspect.SegmentProof;
import io.jwal.store.LogManifest;
import io.jwal.store.MetricsSink;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * What the engine lends to the stores of one log.
 *
 * @param stores the types of store that may be nested
 * @param clock the time that the log lives by
 * @param logger where operators look
 * @param metrics a sink that never throws
 * @param takeover whether a store may be taken over that guards against it
 */
public record LentContext(StoreTypes stores, Clock clock, System.Logger logger, MetricsSink metrics, boolean takeover)
        implements StoreContext {
    @Override
    public Store open(StoreSpec spec) throws IOException {
        return stores.open(spec, this);
    }

    @Override
    public Optional<LogManifest.Segment> verify(LogManifest.Segment named, SegmentReader content, long bytes)
            throws IOException {
        return SegmentProof.of(named, content, bytes);
    }
}
