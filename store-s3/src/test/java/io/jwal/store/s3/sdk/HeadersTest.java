package io.jwal.store.s3.sdk;

import static io.jwal.s3.servers.S3Operation.DELETE_MANY;
import static io.jwal.s3.servers.S3Operation.GET;
import static io.jwal.s3.servers.S3Operation.MULTIPART_CREATE;
import static io.jwal.s3.servers.S3Operation.MULTIPART_PART;
import static io.jwal.s3.servers.S3Operation.PUT;
import static io.jwal.store.s3.objects.ObjectKind.SEALED;
import static io.jwal.store.s3.objects.ObjectKind.WORKING;
import static io.jwal.store.s3.sdk.Storages.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.S3Operation;
import io.jwal.s3.servers.S3Request;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** What requests ask for besides the object: other servers than AWS's read few headers, and refuse some. */
final class HeadersTest {
    /** The CRC32C of "123456789" is E3069283. */
    private static final String CHECKSUM = "4waSgw==";

    private FakeS3 server;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("bucket");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private S3Request last(S3Operation operation) {
        List<S3Request> requests = server.requests().last().stream()
                .filter(request -> request.operation() == operation)
                .toList();
        return requests.get(requests.size() - 1);
    }

    private static Set<String> names(S3Request request) {
        Set<String> names = new TreeSet<>();
        request.headers().forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static String header(S3Request request, String name) {
        return request.headers().first(name).orElse("");
    }

    private static void write(SdkObjectStorage storage) throws IOException {
        assertThat(storage.putIfAbsent("working", body("123456789"), WORKING)).isPresent();
        assertThat(storage.putIfAbsent("sealed", body("123456789"), SEALED)).isPresent();
        Upload upload = storage.beginUpload("made", SEALED);
        UploadedPiece piece = storage.uploadPiece(upload, 1, body("123456789"));
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isInstanceOf(Completed.Made.class);
        storage.get("working", new ByteRange(0, 9));
        storage.delete(List.of("a", "b"));
    }

    @Test
    void bodiesHaveTheirChecksumBeforeThem() throws IOException {
        try (SdkObjectStorage storage = Storages.of(server, "bucket").open()) {
            write(storage);
        }
        for (S3Operation operation : List.of(PUT, MULTIPART_PART)) {
            assertThat(header(last(operation), "x-amz-checksum-crc32c")).isEqualTo(CHECKSUM);
            assertThat(header(last(operation), "Content-Length")).isEqualTo("9");
            assertThat(header(last(operation), "x-amz-content-sha256")).matches("[0-9a-f]{64}");
            assertThat(names(last(operation)))
                    .doesNotContain("x-amz-trailer", "x-amz-decoded-content-length", "content-encoding");
        }
        assertThat(header(last(MULTIPART_CREATE), "x-amz-checksum-algorithm")).isEqualTo("CRC32C");
        assertThat(header(last(GET), "x-amz-checksum-mode")).isEqualTo("ENABLED");
    }

    @Test
    void noHeaderOfChecksumsIsSentWithoutThem() throws IOException {
        try (SdkObjectStorage storage =
                Storages.of(server, "bucket").withoutChecksums().open()) {
            write(storage);
        }
        for (S3Request request : server.requests().last()) {
            if (request.operation() != DELETE_MANY) {
                assertThat(names(request))
                        .as(request.toString())
                        .noneMatch(name -> name.contains("checksum"))
                        .doesNotContain("x-amz-trailer");
            }
        }
        assertThat(names(last(DELETE_MANY))).contains("content-md5", "x-amz-checksum-crc32");
    }

    @Test
    void onlySealedSegmentsHaveAStorageClass() throws IOException {
        try (SdkObjectStorage storage = Storages.of(server, "bucket")
                .sealedClass(StorageClass.STANDARD_IA)
                .open()) {
            write(storage);
            assertThat(header(last(PUT), "x-amz-storage-class")).isEqualTo("STANDARD_IA");
            assertThat(header(last(MULTIPART_CREATE), "x-amz-storage-class")).isEqualTo("STANDARD_IA");
            assertThat(storage.putIfAbsent("another", body(""), WORKING)).isPresent();
            assertThat(names(last(PUT))).doesNotContain("x-amz-storage-class");
        }
    }

    @Test
    void whatIsWrittenIsEncryptedAsAskedFor() throws IOException {
        try (SdkObjectStorage storage =
                Storages.of(server, "bucket").kms("the-key").open()) {
            write(storage);
            for (S3Operation operation : List.of(PUT, MULTIPART_CREATE)) {
                assertThat(header(last(operation), "x-amz-server-side-encryption"))
                        .isEqualTo("aws:kms");
                assertThat(header(last(operation), "x-amz-server-side-encryption-aws-kms-key-id"))
                        .isEqualTo("the-key");
            }
        }
    }

    @Test
    void nothingIsAskedForThatWasNotConfigured() throws IOException {
        try (SdkObjectStorage storage = Storages.of(server, "bucket").open()) {
            write(storage);
        }
        for (S3Request request : server.requests().last()) {
            assertThat(names(request))
                    .noneMatch(name -> name.startsWith("x-amz-server-side") || name.equals("x-amz-storage-class"));
        }
    }
}
