package io.jwal.store.s3.protocol;

import io.jwal.store.StoreContext;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.TestContext;

/** Stores for tests. */
public final class Stores {
    private Stores() {}

    /** Small settings below a prefix. */
    public static S3Settings settings(String prefix, long cacheBytes) {
        return new S3Settings(prefix, cacheBytes, 2, StoreTraits.remoteDefaults());
    }

    /** What the engine would lend. */
    public static StoreContext context() {
        return new TestContext();
    }
}
