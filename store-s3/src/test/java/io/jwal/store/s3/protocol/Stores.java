package io.jwal.store.s3.protocol;

import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreSpec;
import io.jwal.store.StoreTraits;
import java.time.Clock;

/** Stores for tests. */
public final class Stores {
    private Stores() {}

    /** Small settings below a prefix. */
    public static S3Settings settings(String prefix, long cacheBytes) {
        return new S3Settings(prefix, cacheBytes, 2, StoreTraits.remoteDefaults());
    }

    /** What the engine would lend. */
    public static StoreContext context() {
        return new StoreContext() {
            @Override
            public Store open(StoreSpec spec) {
                throw new IllegalArgumentException("no nested stores here");
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
        };
    }
}
