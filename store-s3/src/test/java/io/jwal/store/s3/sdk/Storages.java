package io.jwal.store.s3.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.s3.servers.S3Server;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** Settings of a storage, with what a test wants to be different. */
final class Storages {
    private final String bucket;
    private URI endpoint;
    private String region;
    private Supplier<AwsCredentialsProvider> credentials;
    private @Nullable ServerSideEncryption encryption;
    private @Nullable String kmsKey;
    private @Nullable StorageClass sealedClass;
    private boolean checksums = true;
    private Duration timeout = Duration.ofSeconds(30);
    private Duration attemptTimeout = Duration.ofSeconds(10);

    private Storages(String bucket, URI endpoint, String region, Supplier<AwsCredentialsProvider> credentials) {
        this.bucket = bucket;
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
    }

    static Storages of(S3Server server, String bucket) {
        return new Storages(
                bucket, server.endpoint(), server.region(), () -> keys(server.accessKey(), server.secretKey()));
    }

    static Storages at(String endpoint) {
        return new Storages("bucket", URI.create(endpoint), "us-east-1", () -> keys("key", "secret"));
    }

    static AwsCredentialsProvider keys(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    Storages endpoint(String other) {
        endpoint = URI.create(other);
        return this;
    }

    Storages region(String other) {
        region = other;
        return this;
    }

    Storages credentials(Supplier<AwsCredentialsProvider> other) {
        credentials = other;
        return this;
    }

    Storages kms(String key) {
        encryption = ServerSideEncryption.AWS_KMS;
        kmsKey = key;
        return this;
    }

    Storages sealedClass(StorageClass other) {
        sealedClass = other;
        return this;
    }

    Storages withoutChecksums() {
        checksums = false;
        return this;
    }

    Storages timeouts(Duration whole, Duration attempt) {
        timeout = whole;
        attemptTimeout = attempt;
        return this;
    }

    SdkObjectStorage open() {
        return new SdkObjectStorage(new SdkSettings(
                bucket,
                region,
                endpoint,
                true,
                credentials,
                null,
                encryption,
                kmsKey,
                sealedClass,
                checksums,
                timeout,
                attemptTimeout,
                8));
    }

    static ObjectBody body(String text) {
        return ObjectBody.of(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    static byte[] bytes(Fetched fetched) {
        ByteBuffer buffer = ((Fetched.Found) fetched).bytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static String text(ObjectStorage storage, String key) throws IOException {
        return new String(bytes(storage.get(key, new ByteRange(0, 1 << 20))), UTF_8);
    }
}
