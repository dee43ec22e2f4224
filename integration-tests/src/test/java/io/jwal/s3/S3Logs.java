package io.jwal.s3;

import io.jwal.core.WalConfig;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.s3.S3StoreConfig;
import io.jwal.store.s3.S3StoreConfigBuilder;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Logs on a server of a test. */
final class S3Logs {
    private static final Duration SOON = Duration.ofSeconds(20);

    private S3Logs() {}

    /** A log below a prefix of a bucket. */
    static S3StoreConfig store(S3Server server, String bucket, String prefix) {
        return builder(server, server.accessKey(), bucket, prefix).build();
    }

    /** One that gives a request up after so long, an attempt as well, and keeps nothing of what it reads. */
    static S3StoreConfig hasty(S3Server server, String bucket, String prefix, Duration timeout, Duration attempt) {
        return builder(server, server.accessKey(), bucket, prefix)
                .timeout(timeout)
                .attemptTimeout(attempt)
                .cache(ByteSize.ofBytes(0))
                .build();
    }

    /** One that uses another access key than the server's own, and gives up soon. */
    static S3StoreConfig withKey(S3Server server, String accessKey, String bucket, String prefix) {
        return builder(server, accessKey, bucket, prefix)
                .timeout(SOON)
                .attemptTimeout(SOON)
                .build();
    }

    private static S3StoreConfigBuilder builder(S3Server server, String accessKey, String bucket, String prefix) {
        return S3StoreConfig.builder(bucket)
                .prefix(prefix)
                .region(server.region())
                .endpoint(server.endpoint().toString())
                .credentials(new Secret(accessKey), new Secret(server.secretKey()));
    }

    /** A client for what a test does besides. */
    static S3Client client(S3Server server) {
        var credentials = AwsBasicCredentials.create(server.accessKey(), server.secretKey());
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(server.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    /** The same as a configuration, commits not delayed. */
    static WalConfig.Builder config(S3Server server, String bucket, String prefix) {
        return config(store(server, bucket, prefix));
    }

    /** Of a store, commits not delayed. */
    static WalConfig.Builder config(S3StoreConfig store) {
        return WalConfig.builder().store(store).commitMaxDelay(Duration.ZERO);
    }
}
