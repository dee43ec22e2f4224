package io.jwal.s3;

import io.jwal.core.WalConfig;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.Secret;
import io.jwal.store.s3.S3StoreConfig;

/** Logs on a server of a test. */
final class S3Logs {
    private S3Logs() {}

    /** A log below a prefix of a bucket. */
    static S3StoreConfig store(S3Server server, String bucket, String prefix) {
        return S3StoreConfig.builder(bucket)
                .prefix(prefix)
                .region(server.region())
                .endpoint(server.endpoint().toString())
                .credentials(new Secret(server.accessKey()), new Secret(server.secretKey()))
                .build();
    }

    /** The same as a configuration, commits not delayed. */
    static WalConfig.Builder config(S3Server server, String bucket, String prefix) {
        return WalConfig.builder().store(store(server, bucket, prefix)).commitMaxDelay(java.time.Duration.ZERO);
    }
}
