package io.jwal.s3.engine;

import io.jwal.core.medium.MediumSource;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.tck.simulator.LogMedium;
import java.util.concurrent.atomic.AtomicInteger;

/** Prefixes in one bucket of a server. */
class S3Media implements MediumSource {
    private final TestBucket bucket;
    private final int sparing;
    private final AtomicInteger prefixes = new AtomicInteger();

    S3Media(S3Server server, int sparing) {
        this.bucket = new TestBucket(server);
        this.sparing = sparing;
    }

    @Override
    public final LogMedium next() {
        return new S3Medium(bucket, prefixes.incrementAndGet() + "/");
    }

    @Override
    public final int sparing() {
        return sparing;
    }

    @Override
    public final void close() {
        bucket.close();
        bucket.server().close();
    }

    @Override
    public final String toString() {
        return bucket.server().name();
    }
}
