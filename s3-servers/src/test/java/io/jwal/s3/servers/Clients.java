package io.jwal.s3.servers;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The SDK's client, as it comes, but that it asks once. */
final class Clients {
    private Clients() {}

    static S3Client of(S3Server server) {
        return builder(server).build();
    }

    /** Asks again, as the SDK does by itself. */
    static S3Client retrying(S3Server server) {
        return builder(server)
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.standardRetryStrategy()))
                .build();
    }

    private static S3ClientBuilder builder(S3Server server) {
        return builder(server.endpoint(), server.region(), server.accessKey(), server.secretKey());
    }

    static S3ClientBuilder builder(URI endpoint, String region, String accessKey, String secretKey) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(64)
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(60)))
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }
}
