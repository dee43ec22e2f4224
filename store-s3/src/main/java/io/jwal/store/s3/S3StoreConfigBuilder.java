package io.jwal.store.s3;

import static java.util.Objects.requireNonNull;

import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a log in a bucket: {@code S3StoreConfig.builder("logs").prefix("orders/").build()}.
 * {@link #build} checks them together. Not safe for several threads.
 */
public final class S3StoreConfigBuilder {
    private final String bucket;
    private @Nullable String prefix;
    private @Nullable String region;
    private @Nullable String endpoint;
    private @Nullable Boolean pathStyle;
    private @Nullable Secret accessKey;
    private @Nullable Secret secretKey;
    private @Nullable Secret sessionToken;
    private @Nullable String profile;
    private @Nullable EncryptionMode encryption;
    private @Nullable String kmsKey;
    private @Nullable StorageClass storageClass;
    private @Nullable ChecksumMode checksums;
    private @Nullable Duration timeout;
    private @Nullable Duration attemptTimeout;
    private @Nullable Integer maxConnections;
    private @Nullable ByteSize cache;
    private @Nullable Integer readAhead;
    private @Nullable Duration pollInterval;

    S3StoreConfigBuilder(String bucket) {
        this.bucket = requireNonNull(bucket, "bucket");
    }

    /**
     * What the keys of the log's objects begin with; none by default.
     *
     * @param value such as {@code orders/}
     * @return this
     */
    public S3StoreConfigBuilder prefix(String value) {
        prefix = requireNonNull(value, "prefix");
        return this;
    }

    /**
     * Where the bucket is; what the environment says by default.
     *
     * @param value such as {@code eu-west-1}
     * @return this
     */
    public S3StoreConfigBuilder region(String value) {
        region = requireNonNull(value, "region");
        return this;
    }

    /**
     * The server to ask instead of AWS.
     *
     * @param value such as {@code http://localhost:9000}
     * @return this
     */
    public S3StoreConfigBuilder endpoint(String value) {
        endpoint = requireNonNull(value, "endpoint");
        return this;
    }

    /**
     * How requests name the bucket; in the path by default if there is an endpoint.
     *
     * @param value true for in the path, false for in the host's name
     * @return this
     */
    public S3StoreConfigBuilder pathStyle(boolean value) {
        pathStyle = value;
        return this;
    }

    /**
     * The credentials; the AWS SDK looks for them by itself by default.
     *
     * @param access the access key
     * @param secret the secret that belongs to it
     * @return this
     */
    public S3StoreConfigBuilder credentials(Secret access, Secret secret) {
        accessKey = requireNonNull(access, "access");
        secretKey = requireNonNull(secret, "secret");
        return this;
    }

    /**
     * The token that belongs to temporary credentials.
     *
     * @param value the token
     * @return this
     */
    public S3StoreConfigBuilder sessionToken(Secret value) {
        sessionToken = requireNonNull(value, "sessionToken");
        return this;
    }

    /**
     * The profile of {@code ~/.aws} to take credentials and region from, if none are given.
     *
     * @param value its name
     * @return this
     */
    public S3StoreConfigBuilder profile(String value) {
        profile = requireNonNull(value, "profile");
        return this;
    }

    /**
     * The encryption at rest to ask for; what the bucket is set to by default.
     *
     * @param value the kind
     * @return this
     */
    public S3StoreConfigBuilder encryption(EncryptionMode value) {
        encryption = requireNonNull(value, "encryption");
        return this;
    }

    /**
     * The key of {@link EncryptionMode#SSE_KMS}; AWS's own for S3 by default.
     *
     * @param value its id or ARN
     * @return this
     */
    public S3StoreConfigBuilder kmsKey(String value) {
        kmsKey = requireNonNull(value, "kmsKey");
        return this;
    }

    /**
     * The storage class of sealed segments; the bucket's by default.
     *
     * @param value the class
     * @return this
     */
    public S3StoreConfigBuilder storageClass(StorageClass value) {
        storageClass = requireNonNull(value, "storageClass");
        return this;
    }

    /**
     * Whether requests carry checksums; they do by default.
     *
     * @param value the kind
     * @return this
     */
    public S3StoreConfigBuilder checksums(ChecksumMode value) {
        checksums = requireNonNull(value, "checksums");
        return this;
    }

    /**
     * How long a request may take with all its repetitions; 2 minutes by default.
     *
     * @param value 10 ms or more
     * @return this
     */
    public S3StoreConfigBuilder timeout(Duration value) {
        timeout = requireNonNull(value, "timeout");
        return this;
    }

    /**
     * How long a request may take before it is repeated; 30 seconds by default.
     *
     * @param value 10 ms or more, at most the whole time
     * @return this
     */
    public S3StoreConfigBuilder attemptTimeout(Duration value) {
        attemptTimeout = requireNonNull(value, "attemptTimeout");
        return this;
    }

    /**
     * How many connections at once; 50 by default.
     *
     * @param value 1 to 10,000
     * @return this
     */
    public S3StoreConfigBuilder maxConnections(int value) {
        maxConnections = value;
        return this;
    }

    /**
     * How many bytes of blocks that are read often are kept in memory; 64 MiB by default, or less in a small heap. Beside
     * them go as many blocks of 1 MiB that were read last, at most 64, and at least {@code readAhead} and 4 more.
     *
     * @param value any size
     * @return this
     */
    public S3StoreConfigBuilder cache(ByteSize value) {
        cache = requireNonNull(value, "cache");
        return this;
    }

    /**
     * How many blocks a cursor has fetched before it needs them; 4 by default.
     *
     * @param value 0 to 64
     * @return this
     */
    public S3StoreConfigBuilder readAhead(int value) {
        readAhead = value;
        return this;
    }

    /**
     * How long a follower waits before it looks for new entries again; 1 second by default.
     *
     * @param value 10 ms or more
     * @return this
     */
    public S3StoreConfigBuilder pollInterval(Duration value) {
        pollInterval = requireNonNull(value, "pollInterval");
        return this;
    }

    /**
     * The configuration.
     *
     * @return the record
     * @throws IllegalArgumentException if a value cannot work, or values do not go together
     */
    public S3StoreConfig build() {
        return new S3StoreConfig(
                bucket,
                prefix,
                region,
                endpoint,
                pathStyle,
                accessKey,
                secretKey,
                sessionToken,
                profile,
                encryption,
                kmsKey,
                storageClass,
                checksums,
                timeout,
                attemptTimeout,
                maxConnections,
                cache,
                readAhead,
                pollInterval);
    }
}
