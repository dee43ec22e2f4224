package io.jwal.store.s3.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Which bucket, and how it is reached. All values are checked already.
 *
 * @param bucket its name
 * @param region where it is, or null for what the environment says
 * @param endpoint who is asked, or null for AWS
 * @param pathStyle whether the bucket is named in the path, not in the host's name
 * @param credentials makes the source of credentials, anew each time
 * @param profile the profile of the SDK's files to take the region from, or null for the default
 * @param encryption what to ask for, or null for what the bucket does by itself
 * @param kmsKey the key for it, or null for the account's own
 * @param sealedClass the storage class of sealed segments, or null for the bucket's
 * @param checksums whether requests and answers carry checksums
 * @param timeout how long a call may take with all its attempts
 * @param attemptTimeout how long one attempt may take
 * @param maxConnections how many connections at once
 */
public record SdkSettings(
        String bucket,
        @Nullable String region,
        @Nullable URI endpoint,
        boolean pathStyle,
        Supplier<AwsCredentialsProvider> credentials,
        @Nullable String profile,
        @Nullable ServerSideEncryption encryption,
        @Nullable String kmsKey,
        @Nullable StorageClass sealedClass,
        boolean checksums,
        Duration timeout,
        Duration attemptTimeout,
        int maxConnections) {

    /** Who is asked, for people. */
    String server() {
        if (endpoint != null) {
            return endpoint.toString();
        }
        return region == null ? "S3" : "S3 in " + region;
    }
}
