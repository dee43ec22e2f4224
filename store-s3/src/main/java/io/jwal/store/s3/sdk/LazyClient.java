package io.jwal.store.s3.sdk;

import io.jwal.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK's client, made when it is first asked for: that takes the better part of a second and may ask the machine for
 * its region, which a look at the configuration should not cost.
 */
final class LazyClient implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final SdkSettings settings;
    private final AwsCredentialsProvider credentials;
    private final ExecutionInterceptor interceptor;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable S3Client client;
    private volatile boolean closed;

    LazyClient(SdkSettings settings, AwsCredentialsProvider credentials, ExecutionInterceptor interceptor) {
        this.settings = settings;
        this.credentials = credentials;
        this.interceptor = interceptor;
    }

    S3Client get() throws IOException {
        S3Client known = client;
        if (known != null && !closed) {
            return known;
        }
        lock.lock();
        try {
            if (closed) {
                throw new StoreException("the store in bucket " + settings.bucket() + " is closed; open it again");
            }
            S3Client made = client == null ? build() : client;
            client = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    private S3Client build() throws IOException {
        S3ClientBuilder builder = S3Client.builder()
                .region(region())
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                // We give each body its checksum: the SDK would send them behind the body, which few other servers read
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(settings.maxConnections())
                        .connectionTimeout(shorter(LONGEST_CONNECT, settings.attemptTimeout()))
                        .connectionAcquisitionTimeout(settings.attemptTimeout())
                        .socketTimeout(settings.attemptTimeout())
                        .tcpKeepAlive(true))
                .overrideConfiguration(override -> override.apiCallTimeout(settings.timeout())
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .retryStrategy(new DeadlineRetries(settings.timeout()))
                        .addExecutionInterceptor(interceptor));
        if (settings.profile() != null) {
            builder.overrideConfiguration(
                    builder.overrideConfiguration().copy(override -> override.defaultProfileName(settings.profile())));
        }
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (!settings.checksums()) {
            // Deleting many objects takes a checksum of some kind
            builder.addPlugin(LegacyMd5Plugin.create());
        }
        return builder.build();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Region region() throws IOException {
        if (settings.region() != null) {
            return Region.of(settings.region());
        }
        try {
            return regions().getRegion();
        } catch (SdkClientException e) {
            if (settings.endpoint() != null) {
                // Most servers that are not AWS take any name, and this one by default
                return Region.US_EAST_1;
            }
            throw new StoreException(
                    "no region known for bucket " + settings.bucket() + "; set the option \"region\", or AWS_REGION in"
                            + " the environment",
                    e);
        }
    }

    private AwsRegionProvider regions() {
        String profile = settings.profile();
        if (settings.endpoint() == null) {
            return DefaultAwsRegionProviderChain.builder().profileName(profile).build();
        }
        // Who names an endpoint is hardly on a machine of AWS that would know
        return new AwsRegionProviderChain(
                new SystemSettingsRegionProvider(),
                profile == null
                        ? new AwsProfileRegionProvider()
                        : new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (client != null) {
                client.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
