package io.jwal.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.s3.sdk.SdkSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

final class S3StoreConfigTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    private static S3StoreConfig at(String bucket, @Nullable String prefix) {
        return config(bucket, prefix, null, null);
    }

    private static S3StoreConfig config(
            String bucket, @Nullable String prefix, @Nullable String region, @Nullable String endpoint) {
        return new S3StoreConfig(
                bucket, prefix, region, endpoint, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null);
    }

    private static S3StoreConfig signed(
            @Nullable Secret accessKey,
            @Nullable Secret secretKey,
            @Nullable Secret sessionToken,
            @Nullable String profile) {
        return new S3StoreConfig(
                "logs",
                null,
                null,
                null,
                null,
                accessKey,
                secretKey,
                sessionToken,
                profile,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static S3StoreConfig encrypted(@Nullable EncryptionMode encryption, @Nullable String kmsKey) {
        return new S3StoreConfig(
                "logs",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                encryption,
                kmsKey,
                StorageClass.GLACIER_IR,
                ChecksumMode.NONE,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static S3StoreConfig bounded(
            @Nullable Duration timeout,
            @Nullable Duration attemptTimeout,
            @Nullable Integer maxConnections,
            @Nullable ByteSize cache,
            @Nullable Integer readAhead,
            @Nullable Duration pollInterval) {
        return new S3StoreConfig(
                "logs",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                timeout,
                attemptTimeout,
                maxConnections,
                cache,
                readAhead,
                pollInterval);
    }

    @Test
    void onlyTheBucketIsNeeded() {
        S3StoreConfig config = at("logs", null);
        assertThat(config.prefix()).isEmpty();
        assertThat(config.region()).isNull();
        assertThat(config.endpoint()).isNull();
        assertThat(config.pathStyle()).isFalse();
        assertThat(config.encryption()).isEqualTo(EncryptionMode.BUCKET);
        assertThat(config.storageClass()).isNull();
        assertThat(config.checksums()).isEqualTo(ChecksumMode.CRC32C);
        assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.attemptTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxConnections()).isEqualTo(50);
        assertThat(config.cache().bytes())
                .isEqualTo(Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16));
        assertThat(config.readAhead()).isEqualTo(4);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config).isEqualTo(new S3StoreConfig("logs", ""));
    }

    @Test
    void everyOptionCanBeGivenInJava() {
        S3StoreConfig built = S3StoreConfig.builder("logs")
                .prefix("orders/")
                .region("eu-west-1")
                .endpoint("http://localhost:9000")
                .pathStyle(false)
                .credentials(new Secret("key"), new Secret("hunter2"))
                .sessionToken(new Secret("token"))
                .encryption(EncryptionMode.SSE_KMS)
                .kmsKey("the-key")
                .storageClass(StorageClass.STANDARD_IA)
                .checksums(ChecksumMode.NONE)
                .timeout(MINUTE)
                .attemptTimeout(Duration.ofSeconds(7))
                .maxConnections(8)
                .cache(ByteSize.ofMebibytes(3))
                .readAhead(2)
                .pollInterval(Duration.ofMillis(50))
                .build();
        assertThat(built)
                .isEqualTo(new S3StoreConfig(
                        "logs",
                        "orders/",
                        "eu-west-1",
                        "http://localhost:9000",
                        false,
                        new Secret("key"),
                        new Secret("hunter2"),
                        new Secret("token"),
                        null,
                        EncryptionMode.SSE_KMS,
                        "the-key",
                        StorageClass.STANDARD_IA,
                        ChecksumMode.NONE,
                        MINUTE,
                        Duration.ofSeconds(7),
                        8,
                        ByteSize.ofMebibytes(3),
                        2,
                        Duration.ofMillis(50)));
        assertThat(S3StoreConfig.builder("logs").profile("me").build().profile())
                .isEqualTo("me");
        assertThat(S3StoreConfig.builder("logs").build()).isEqualTo(at("logs", null));
    }

    @Test
    void aPrefixEndsInASlash() {
        assertThat(at("logs", "orders").prefix()).isEqualTo("orders/");
        assertThat(at("logs", "orders/").prefix()).isEqualTo("orders/");
        assertThat(at("logs", "a/b c/é").prefix()).isEqualTo("a/b c/é/");
        assertThat(at("logs", "").prefix()).isEmpty();
    }

    @Test
    void aPrefixThatServersReadDifferentlyIsRefused() {
        assertRefused(() -> at("logs", "/orders"), "prefix \"/orders\" begins with a slash; write something such as");
        assertRefused(() -> at("logs", "/"), "begins with a slash");
        assertRefused(() -> at("logs", "a//b"), "has an empty part");
        assertRefused(() -> at("logs", "a//"), "has an empty part");
        assertRefused(() -> at("logs", "a/../b"), "has a part \"..\"");
        assertRefused(() -> at("logs", "."), "has a part \".\"");
        assertRefused(() -> at("logs", "a\nb"), "has a control character");
        assertRefused(() -> at("logs", "é".repeat(401)), "is longer than 800 bytes");
    }

    @Test
    void aBucketIsNamedAlone() {
        for (String bucket :
                new String[] {"logs", "my.logs-1", "Old_Logs", "arn:aws:s3:eu-west-1:1:accesspoint/logs"}) {
            assertThat(at(bucket, null).bucket()).isEqualTo(bucket);
        }
        assertRefused(() -> at("s3://logs/orders", null), "is a URL; write the bucket's name alone, such as \"logs\"");
        for (String bucket : new String[] {"", "ab", "logs/orders", "-logs", "lo gs"}) {
            assertRefused(() -> at(bucket, null), "bucket \"" + bucket + "\" is no bucket's name");
        }
    }

    @Test
    void aRegionIsAName() {
        assertThat(config("logs", null, "auto", null).region()).isEqualTo("auto");
        assertRefused(() -> config("logs", null, "EU (Ireland)", null), "region \"EU (Ireland)\" is no region's name");
    }

    @Test
    void anEndpointHasASchemeAndAHost() {
        for (String endpoint :
                new String[] {"http://localhost:9000", "https://s3.example.com/storage/v1", "HTTPS://[::1]"}) {
            S3StoreConfig config = config("logs", null, null, endpoint);
            assertThat(config.endpoint()).isEqualTo(endpoint);
            assertThat(config.pathStyle()).isTrue();
        }
        assertRefused(() -> config("logs", null, null, "localhost:9000"), "begins with neither http:// nor https://");
        assertRefused(() -> config("logs", null, null, "s3.example.com"), "begins with neither http:// nor https://");
        assertRefused(() -> config("logs", null, null, "http:///logs"), "endpoint \"http:///logs\" names no host");
        assertRefused(() -> config("logs", null, null, "http://h?x=1"), "has more than a host and a path");
        assertRefused(() -> config("logs", null, null, "http://a b"), "endpoint is no URL");
    }

    @Test
    void aPasswordInAnEndpointIsNotRepeated() {
        for (String endpoint : new String[] {"http://me:hunter2@host", "http://me:hunter2@ho st", "me:hunter2@host"}) {
            assertThatThrownBy(() -> config("logs", null, null, endpoint))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void anEmptyTextIsNone() {
        Secret none = new Secret("");
        S3StoreConfig config = new S3StoreConfig(
                "logs", "", "", "", null, none, none, none, "", null, "", null, null, null, null, null, null, null,
                null);
        assertThat(config).isEqualTo(at("logs", null));
    }

    @Test
    void credentialsAreWholeAndOfOneKind() {
        Secret some = new Secret("hunter2");
        assertRefused(() -> signed(some, null, null, null), "accessKey and secretKey belong together");
        assertRefused(() -> signed(null, some, null, null), "accessKey and secretKey belong together");
        assertRefused(() -> signed(null, null, some, null), "sessionToken belongs to an accessKey and a secretKey");
        assertRefused(() -> signed(some, some, null, "me"), "both a profile and an accessKey");
    }

    @Test
    void credentialsReachTheSdk() {
        Secret key = new Secret("the-key");
        AwsCredentials plain = signed(key, new Secret("hunter2"), null, null)
                .sdk()
                .credentials()
                .get()
                .resolveCredentials();
        assertThat(plain.accessKeyId()).isEqualTo("the-key");
        assertThat(plain.secretAccessKey()).isEqualTo("hunter2");
        AwsCredentials temporary = signed(key, new Secret("hunter2"), new Secret("token"), null)
                .sdk()
                .credentials()
                .get()
                .resolveCredentials();
        assertThat(temporary)
                .isInstanceOfSatisfying(
                        AwsSessionCredentials.class,
                        session -> assertThat(session.sessionToken()).isEqualTo("token"));
    }

    @Test
    void aProfileIsReadAnewEachTime() throws IOException {
        Path file = temp.resolve("credentials");
        String before = System.setProperty("aws.sharedCredentialsFile", file.toString());
        try {
            SdkSettings settings = signed(null, null, null, "me").sdk();
            for (String key : new String[] {"first", "second"}) {
                Files.writeString(file, "[me]\naws_access_key_id=" + key + "\naws_secret_access_key=hunter2\n");
                assertThat(settings.credentials().get().resolveCredentials().accessKeyId())
                        .isEqualTo(key);
            }
        } finally {
            if (before == null) {
                System.clearProperty("aws.sharedCredentialsFile");
            } else {
                System.setProperty("aws.sharedCredentialsFile", before);
            }
        }
    }

    @Test
    void whatIsAskedForReachesTheSdk() {
        SdkSettings plain =
                config("logs", "orders", "eu-west-1", "http://localhost:9000").sdk();
        assertThat(plain.bucket()).isEqualTo("logs");
        assertThat(plain.region()).isEqualTo("eu-west-1");
        assertThat(plain.endpoint()).isEqualTo(URI.create("http://localhost:9000"));
        assertThat(plain.pathStyle()).isTrue();
        assertThat(plain.encryption()).isNull();
        assertThat(plain.sealedClass()).isNull();
        assertThat(plain.checksums()).isTrue();

        SdkSettings encrypted = encrypted(EncryptionMode.SSE_KMS, "the-key").sdk();
        assertThat(encrypted.encryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(encrypted.kmsKey()).isEqualTo("the-key");
        assertThat(encrypted.sealedClass()).isEqualTo(software.amazon.awssdk.services.s3.model.StorageClass.GLACIER_IR);
        assertThat(encrypted.checksums()).isFalse();
        assertThat(encrypted(EncryptionMode.SSE_S3, null).sdk().encryption()).isEqualTo(ServerSideEncryption.AES256);
    }

    @Test
    void everyStorageClassIsOneOfS3() {
        for (StorageClass ours : StorageClass.values()) {
            assertThat(software.amazon.awssdk.services.s3.model.StorageClass.knownValues())
                    .extracting(Object::toString)
                    .contains(ours.name());
        }
    }

    @Test
    void aKeyIsForEncryptionWithKeys() {
        assertRefused(() -> encrypted(null, "the-key"), "kmsKey is used with encryption \"sse_kms\" only");
        assertRefused(() -> encrypted(EncryptionMode.SSE_S3, "the-key"), "kmsKey is used with encryption");
        assertThat(encrypted(EncryptionMode.SSE_KMS, null).kmsKey()).isNull();
    }

    @Test
    void boundsAreBounded() {
        assertThat(bounded(Duration.ofSeconds(5), null, null, null, null, null).attemptTimeout())
                .isEqualTo(Duration.ofSeconds(5));
        assertRefused(
                () -> bounded(MINUTE, MINUTE.plusMillis(1), null, null, null, null),
                "attemptTimeout is from 10ms to 60000ms, but got 60001ms");
        assertRefused(() -> bounded(Duration.ZERO, null, null, null, null, null), "timeout is from 10ms to ");
        assertRefused(() -> bounded(MINUTE.negated(), null, null, null, null, null), "but got -60000ms");
        assertRefused(() -> bounded(null, null, 0, null, null, null), "maxConnections is from 1 to 10000, but got 0");
        assertRefused(() -> bounded(null, null, null, null, -1, null), "readAhead is from 0 to 64, but got -1");
        assertRefused(() -> bounded(null, null, null, null, null, Duration.ZERO), "pollInterval is from 10ms to ");
        assertThat(bounded(null, null, null, ByteSize.ofBytes(0), 0, MINUTE).readAhead())
                .isZero();
    }

    private static void assertRefused(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }
}
