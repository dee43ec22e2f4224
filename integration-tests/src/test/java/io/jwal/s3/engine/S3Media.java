package io.jwal.s3.engine;

import io.jwal.core.medium.MediumSource;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.tck.simulator.LogMedium;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Prefixes in one bucket of a server. */
class S3Media implements MediumSource {
    private final TestBucket bucket;
    private final S3Server reached;
    private final int sparing;
    private final AtomicInteger prefixes = new AtomicInteger();

    /**
     * On a server, which ends with the media.
     *
     * @param way through which the logs reach the server
     * @param sparing as in {@link #sparing()}
     */
    S3Media(S3Server server, UnaryOperator<S3Server> way, int sparing) {
        this.bucket = new TestBucket(server);
        this.reached = way.apply(server);
        this.sparing = sparing;
    }

    @Override
    public final LogMedium next() {
        return new S3Medium(bucket, reached, prefixes.incrementAndGet() + "/");
    }

    @Override
    public final int sparing() {
        return sparing;
    }

    @Override
    public final void close() {
        bucket.close();
        reached.close();
        bucket.server().close();
    }

    @Override
    public final String toString() {
        return reached.name();
    }
}
