package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.s3.servers.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What only the fake does: S3's answers that LocalStack lacks, and the ways to go wrong on demand. */
class FakeS3MisbehaviourTest extends S3Fixture {
    private FakeS3 fake;

    @Override
    S3Server startServer() throws Exception {
        fake = FakeS3.start();
        return fake;
    }

    @AfterEach
    void behave() {
        fake.behave();
        fake.permitAll();
        fake.allow(fake.accessKey());
        fake.clockOffset(Duration.ZERO);
        fake.thawListings(bucket);
        fake.hideFromListings(key -> false);
    }

    // ---- conditions

    @Test
    void ifNoneMatchMayBeIgnored() {
        put("taken", "1");
        fake.misbehave(Misbehaviour.IGNORE_IF_NONE_MATCH);

        s3.putObject(absent("taken"), RequestBody.fromString("2"));

        assertThat(fake.body(bucket, "taken")).asString(UTF_8).isEqualTo("2");
    }

    @Test
    void ifMatchMayBeIgnored() {
        put("replaced", "1");
        fake.misbehave(Misbehaviour.IGNORE_IF_MATCH);

        s3.putObject(match("replaced", "\"no\""), RequestBody.fromString("2"));

        assertThat(fake.body(bucket, "replaced")).asString(UTF_8).isEqualTo("2");
    }

    @Test
    void conditionsOfCompletionMayBeIgnored() {
        put("completed", "1");
        String upload = createUpload("completed");
        List<CompletedPart> parts = List.of(part("completed", upload, 1, bytes(10, 1)));
        fake.misbehave(Misbehaviour.IGNORE_CONDITIONS_ON_COMPLETE);

        complete("completed", upload, parts, "*", null);

        assertThat(fake.body(bucket, "completed")).isEqualTo(bytes(10, 1));
    }

    @Test
    void aDeleteHasConditions() {
        String etag = put("deleted", "1").eTag();
        assertFails(412, "PreconditionFailed", () -> delete("deleted", "\"no\""));
        assertFails(404, "NoSuchKey", () -> delete("absent", etag));

        delete("deleted", etag);

        assertFails(404, "NoSuchKey", () -> s3.getObject(get("deleted")));
        fake.misbehave(Misbehaviour.REFUSE_CONDITIONAL_DELETE);
        assertFails(501, "NotImplemented", () -> delete("deleted", etag));
    }

    private void delete(String key, String etag) {
        s3.deleteObject(request -> request.bucket(bucket).key(key).ifMatch(etag));
    }

    // ---- damage

    @Test
    void aFlippedBitIsFoundByTheChecksum() {
        s3.putObject(put("rotten").toBuilder().checksumCRC32C("4waSgw==").build(), RequestBody.fromString("123456789"));

        fake.flipBit(bucket, "rotten", 8);

        assertThat(s3.getObjectAsBytes(get("rotten")).asUtf8String()).isEqualTo("133456789");
        assertThatThrownBy(() -> s3.getObjectAsBytes(get("rotten").toBuilder()
                        .checksumMode(ChecksumMode.ENABLED)
                        .build()))
                .isInstanceOf(SdkClientException.class);
    }

    @Test
    void aBitOfALargeObjectFlipsToo() {
        byte[] body = bytes(200_000, 2);
        s3.putObject(put("large"), RequestBody.fromBytes(body));

        fake.flipBit(bucket, "large", 8 * 150_000L + 3);

        body[150_000] ^= 8;
        assertThat(s3.getObjectAsBytes(get("large")).asByteArray()).isEqualTo(body);
    }

    @Test
    void anObjectIsCutShortOrLost() {
        put("short", "0123456789");
        String etag = put("lost", "x").eTag();

        fake.cutShort(bucket, "short", 4);
        fake.drop(bucket, "lost");

        assertThat(s3.getObjectAsBytes(get("short")).asUtf8String()).isEqualTo("0123");
        assertFails(404, "NoSuchKey", () -> s3.getObject(get("lost")));
        assertFails(404, "NoSuchKey", () -> s3.putObject(match("lost", etag), RequestBody.fromString("y")));
    }

    @Test
    void listingsMayLagOrMissKeys() {
        put("seen/1", "x");
        fake.freezeListings(bucket);
        put("seen/2", "x");
        assertThat(keys(request -> request.prefix("seen/"))).containsExactly("seen/1");

        fake.thawListings(bucket);
        fake.hideFromListings(key -> key.endsWith("1"));

        assertThat(keys(request -> request.prefix("seen/"))).containsExactly("seen/2");
        assertThat(fake.keys(bucket)).contains("seen/1", "seen/2");
    }

    // ---- access

    @Test
    void credentialsMayBeWrongOrExpired() {
        fake.expire(fake.accessKey());
        assertFails(400, "ExpiredToken", () -> put("x", "x"));
        fake.allow(fake.accessKey());
        put("x", "x");

        try (S3Client stranger =
                Clients.builder(fake.endpoint(), fake.region(), "STRANGER", "x").build()) {
            assertFails(403, "InvalidAccessKeyId", () -> stranger.getObject(get("x")));
            fake.allow("STRANGER");
            stranger.getObject(get("x")).abort();
            fake.forget("STRANGER");
            assertFails(403, "InvalidAccessKeyId", () -> stranger.getObject(get("x")));
        }
    }

    @Test
    void oneOperationMayBeForbidden() {
        fake.deny(S3Operation.MULTIPART_ABORT);
        put("permitted", "x");
        String upload = createUpload("permitted");

        assertFails(403, "AccessDenied", () -> abort("permitted", upload));

        assertThat(fake.unfinishedUploads(bucket)).isEqualTo(1);
        fake.permitAll();
        abort("permitted", upload);
        assertThat(fake.unfinishedUploads(bucket)).isZero();
    }

    @Test
    void aWrongRegionIsToldTheRightOne() {
        try (S3Client elsewhere = Clients.builder(fake.endpoint(), "eu-west-1", fake.accessKey(), "x")
                .build()) {
            assertThatThrownBy(() -> elsewhere.getObject(get("x"))).isInstanceOfSatisfying(S3Exception.class, e -> {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AuthorizationHeaderMalformed");
                assertThat(e.getMessage()).contains("expecting 'us-east-1'");
            });
        }
        fake.createBucket("in-europe", "eu-west-1");
        assertFails(
                301,
                "PermanentRedirect",
                () -> s3.getObject(request -> request.bucket("in-europe").key("x")));
    }

    @Test
    void aClockMayBeAnHourOff() {
        fake.clockOffset(Duration.ofHours(1));

        // A client learns the difference from the Date of the refusal, and keeps it; one that retries makes use of it
        try (S3Client asksOnce = Clients.of(server);
                S3Client retrying = Clients.retrying(server)) {
            assertFails(403, "RequestTimeTooSkewed", () -> asksOnce.getObject(get("x")));
            retrying.putObject(put("skewed"), RequestBody.fromString("y"));
            fake.clockOffset(Duration.ofHours(-1));
            retrying.putObject(put("skewed"), RequestBody.fromString("z"));
        }
        assertThat(fake.body(bucket, "skewed")).asString(UTF_8).isEqualTo("z");
    }

    // ---- what LocalStack gets wrong

    @Test
    void trailingCrc32cIsUnderstood() {
        byte[] body = bytes(200_000, 3);
        s3.putObject(
                put("trailed").toBuilder()
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .build(),
                RequestBody.fromContentProvider(
                        () -> new ByteArrayInputStream(body), body.length, "application/octet-stream"));

        assertThat(s3.getObjectAsBytes(get("trailed").toBuilder()
                                .checksumMode(ChecksumMode.ENABLED)
                                .build())
                        .response()
                        .checksumCRC32C())
                .isEqualTo(crc32c(body));
        HttpHeaders sent = fake.requests().last().stream()
                .filter(request -> request.key().equals("trailed") && request.operation() == S3Operation.PUT)
                .findFirst()
                .orElseThrow()
                .headers();
        assertThat(sent.first("x-amz-trailer")).contains("x-amz-checksum-crc32c");
    }

    @Test
    void listingsArePagedInTheOrderOfBytes() {
        List<String> keys = List.of("list/A", "list/a", "list/ü", "list/\uFB00", "list/\uD83D\uDE00");
        keys.forEach(key -> put(key, "x"));

        List<String> paged = s3
                .listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix("list/").maxKeys(2))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();

        assertThat(paged).isEqualTo(keys);
    }

    // ---- the heap and the disk

    @Test
    void bodiesLieInAFolderThatGoesWithTheServer() throws Exception {
        FakeS3 other = FakeS3.start();
        other.createBucket("b");
        try (S3Client client = Clients.of(other)) {
            client.putObject(request -> request.bucket("b").key("large"), RequestBody.fromBytes(bytes(100_000, 4)));
            List<Path> folders = folders();
            assertThat(folders).isNotEmpty();

            other.close();

            assertThat(folders()).hasSize(folders.size() - 1);
        }
    }

    private static List<Path> folders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("jwal-fake-s3-"))
                    .toList();
        }
    }
}
