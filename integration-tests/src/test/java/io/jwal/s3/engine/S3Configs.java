package io.jwal.s3.engine;

import io.jwal.s3.servers.S3Server;
import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.s3.S3StoreConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a log of a test is. */
final class S3Configs {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private S3Configs() {}

    /** Below a prefix of a bucket. */
    static S3StoreConfig of(S3Server server, String bucket, String prefix, @Nullable ByteSize cache) {
        return new S3StoreConfig(
                bucket,
                prefix,
                server.region(),
                server.endpoint().toString(),
                true,
                new Secret(server.accessKey()),
                new Secret(server.secretKey()),
                null,
                null,
                null,
                null,
                null,
                null,
                TIMEOUT,
                TIMEOUT,
                null,
                cache,
                null,
                null);
    }
}
