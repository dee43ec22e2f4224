package io.jwal.store.s3;

import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.StoreTraits;
import io.jwal.store.s3.protocol.S3Settings;
import io.jwal.store.s3.sdk.SdkSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Configures a log in a bucket: {@code "store": {"type": "s3", "bucket": "logs", "prefix": "orders/"}}. An empty text
 * is the same as none, so that {@code "${S3_ENDPOINT:-}"} may stand for an option.
 *
 * @param bucket the bucket's name, or an access point's ARN; it exists already
 * @param prefix what the keys of the log's objects begin with, and of no others: one log, one prefix. A slash is added
 *     at its end if there is none; by default there is no prefix, and the bucket is the log's
 * @param region where the bucket is; by default what the environment says: AWS_REGION, the profile, the machine
 * @param endpoint the server to ask instead of AWS, such as {@code http://localhost:9000}
 * @param pathStyle whether requests name the bucket in the path and not in the host's name; by default they do if
 *     there is an endpoint
 * @param accessKey the access key; by default the AWS SDK looks in the environment, the profile and the machine's role
 * @param secretKey the secret that belongs to the access key
 * @param sessionToken the token that belongs to both, if they are temporary. They are not renewed: for a log that is
 *     open for long, let the SDK fetch them
 * @param profile the profile of {@code ~/.aws} to take credentials and region from
 * @param encryption the encryption at rest to ask for; by default what the bucket is set to
 * @param kmsKey the key's id or ARN if that is {@link EncryptionMode#SSE_KMS}; by default AWS's own for S3
 * @param storageClass the storage class of sealed segments; by default the bucket's. What is read and replaced often
 *     always has the bucket's
 * @param checksums whether requests carry checksums; {@link ChecksumMode#CRC32C} by default
 * @param timeout how long a request may take with all its repetitions, 2 minutes by default. A server that has never
 *     answered is given up after 10 seconds: more likely it is misnamed
 * @param attemptTimeout how long a request may take before it is repeated, 30 seconds by default and at most
 *     {@code timeout}; a commit, or 8 MiB of a large segment, goes through the network in that time
 * @param maxConnections how many connections at once, 50 by default
 * @param cache how many bytes of blocks that are read often are kept in memory; by default 64 MiB, or a sixteenth of the
 *     heap if that is less. Beside them go as many blocks of 1 MiB that were read last, at most 64, and at least
 *     {@code readAhead} and 4 more
 * @param readAhead how many blocks a cursor has fetched before it needs them, 4 by default, 0 for none
 * @param pollInterval how long a follower waits before it looks for new entries again; 1 second by default
 */
public record S3StoreConfig(
        String bucket,
        @Nullable String prefix,
        @Nullable String region,
        @Nullable String endpoint,
        @Nullable Boolean pathStyle,
        @Nullable Secret accessKey,
        @Nullable Secret secretKey,
        @Nullable Secret sessionToken,
        @Nullable String profile,
        @Nullable EncryptionMode encryption,
        @Nullable String kmsKey,
        @Nullable StorageClass storageClass,
        @Nullable ChecksumMode checksums,
        @Nullable Duration timeout,
        @Nullable Duration attemptTimeout,
        @Nullable Integer maxConnections,
        @Nullable ByteSize cache,
        @Nullable Integer readAhead,
        @Nullable Duration pollInterval) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration DEFAULT_ATTEMPT = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int DEFAULT_CONNECTIONS = 50;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final ByteSize DEFAULT_CACHE = ByteSize.ofMebibytes(64);
    private static final int SHARE_OF_HEAP = 16;
    private static final int DEFAULT_READ_AHEAD = 4;
    private static final int MOST_READ_AHEAD = 64;
    private static final Duration DEFAULT_POLL = Duration.ofSeconds(1);

    /**
     * Fills in the defaults and checks.
     *
     * @throws IllegalArgumentException if a value cannot work; the message says what would
     */
    public S3StoreConfig {
        bucket = S3Names.bucket(Objects.requireNonNull(bucket, "bucket"));
        prefix = S3Names.prefix(prefix);
        region = S3Names.region(given(region));
        endpoint = S3Names.endpoint(given(endpoint));
        pathStyle = pathStyle == null ? Boolean.valueOf(endpoint != null) : pathStyle;
        accessKey = given(accessKey);
        secretKey = given(secretKey);
        sessionToken = given(sessionToken);
        profile = given(profile);
        checkCredentials(accessKey, secretKey, sessionToken, profile);
        encryption = encryption == null ? EncryptionMode.BUCKET : encryption;
        kmsKey = given(kmsKey);
        if (kmsKey != null && encryption != EncryptionMode.SSE_KMS) {
            throw new IllegalArgumentException(
                    "kmsKey is used with encryption \"sse_kms\" only; write that too, or leave the key out");
        }
        checksums = checksums == null ? ChecksumMode.CRC32C : checksums;
        timeout = within("timeout", timeout == null ? DEFAULT_TIMEOUT : timeout, SHORTEST, LONGEST);
        Duration usual = timeout.compareTo(DEFAULT_ATTEMPT) < 0 ? timeout : DEFAULT_ATTEMPT;
        attemptTimeout = within("attemptTimeout", attemptTimeout == null ? usual : attemptTimeout, SHORTEST, timeout);
        maxConnections = within(
                "maxConnections", maxConnections == null ? DEFAULT_CONNECTIONS : maxConnections, 1, MOST_CONNECTIONS);
        cache = cache == null ? defaultCache() : cache;
        readAhead = within("readAhead", readAhead == null ? DEFAULT_READ_AHEAD : readAhead, 0, MOST_READ_AHEAD);
        pollInterval = within("pollInterval", pollInterval == null ? DEFAULT_POLL : pollInterval, SHORTEST, LONGEST);
    }

    /**
     * A log in a bucket, everything else by default.
     *
     * @param bucket the bucket's name
     * @param prefix what the keys of the log's objects begin with
     */
    public S3StoreConfig(String bucket, String prefix) {
        this(
                bucket, prefix, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }

    /**
     * Begins a configuration in Java.
     *
     * @param bucket the bucket's name
     * @return what collects the other options
     */
    public static S3StoreConfigBuilder builder(String bucket) {
        return new S3StoreConfigBuilder(bucket);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable Secret given(@Nullable Secret secret) {
        return secret == null || secret.reveal().isEmpty() ? null : secret;
    }

    private static void checkCredentials(
            @Nullable Secret accessKey,
            @Nullable Secret secretKey,
            @Nullable Secret sessionToken,
            @Nullable String profile) {
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "accessKey and secretKey belong together; write both, or none to let the AWS SDK find credentials");
        }
        if (sessionToken != null && accessKey == null) {
            throw new IllegalArgumentException(
                    "sessionToken belongs to an accessKey and a secretKey; write these too, or leave it out");
        }
        if (profile != null && accessKey != null) {
            throw new IllegalArgumentException(
                    "there are both a profile and an accessKey; write one of them, for one would be ignored");
        }
    }

    private static <T extends Comparable<T>> T within(String option, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    option + " is from " + text(least) + " to " + text(most) + ", but got " + text(value));
        }
        return value;
    }

    private static Object text(Object value) {
        return value instanceof Duration duration ? duration.toMillis() + "ms" : value;
    }

    /** What the SDK is made with. */
    SdkSettings sdk() {
        return new SdkSettings(
                bucket,
                region,
                endpoint == null ? null : URI.create(endpoint),
                Boolean.TRUE.equals(pathStyle),
                this::credentials,
                profile,
                serverSideEncryption(),
                kmsKey,
                storageClass == null
                        ? null
                        : software.amazon.awssdk.services.s3.model.StorageClass.fromValue(storageClass.name()),
                checksums == ChecksumMode.CRC32C,
                Objects.requireNonNull(timeout),
                Objects.requireNonNull(attemptTimeout),
                Objects.requireNonNull(maxConnections));
    }

    /** What the protocol is told. */
    S3Settings protocol() {
        StoreTraits traits = StoreTraits.remoteDefaults().withPollInterval(Objects.requireNonNull(pollInterval));
        return new S3Settings(
                Objects.requireNonNull(prefix),
                Objects.requireNonNull(cache).bytes(),
                Objects.requireNonNull(readAhead),
                traits);
    }

    /** How many requests may be under way. */
    int connections() {
        return Objects.requireNonNull(maxConnections);
    }

    private AwsCredentialsProvider credentials() {
        if (accessKey == null || secretKey == null) {
            return profile == null
                    ? DefaultCredentialsProvider.builder().build()
                    : ProfileCredentialsProvider.create(profile);
        }
        return StaticCredentialsProvider.create(
                sessionToken == null
                        ? AwsBasicCredentials.create(accessKey.reveal(), secretKey.reveal())
                        : AwsSessionCredentials.create(accessKey.reveal(), secretKey.reveal(), sessionToken.reveal()));
    }

    private @Nullable ServerSideEncryption serverSideEncryption() {
        return switch (Objects.requireNonNull(encryption)) {
            case BUCKET -> null;
            case SSE_S3 -> ServerSideEncryption.AES256;
            case SSE_KMS -> ServerSideEncryption.AWS_KMS;
        };
    }

    private static ByteSize defaultCache() {
        ByteSize share = ByteSize.ofBytes(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        return share.compareTo(DEFAULT_CACHE) < 0 ? share : DEFAULT_CACHE;
    }
}
