package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A server, a client, a bucket of the test's own, and short ways to say what it does with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3Fixture {
    static final int PART = 5 << 20;

    S3Server server;
    S3Client s3;
    String bucket;

    abstract S3Server startServer() throws Exception;

    @BeforeAll
    void makeBucket() throws Exception {
        server = startServer();
        s3 = Clients.of(server);
        bucket = server.newBucketName(getClass());
        s3.createBucket(request -> request.bucket(bucket));
    }

    @AfterAll
    void closeServer() {
        s3.close();
        server.close();
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    PutObjectRequest put(String key) {
        return PutObjectRequest.builder().bucket(bucket).key(key).build();
    }

    PutObjectResponse put(String key, String content) {
        return s3.putObject(put(key), RequestBody.fromBytes(content.getBytes(UTF_8)));
    }

    PutObjectRequest absent(String key) {
        return put(key).toBuilder().ifNoneMatch("*").build();
    }

    PutObjectRequest match(String key, String etag) {
        return put(key).toBuilder().ifMatch(etag).build();
    }

    GetObjectRequest get(String key) {
        return GetObjectRequest.builder().bucket(bucket).key(key).build();
    }

    ResponseBytes<GetObjectResponse> range(String key, String range) {
        return s3.getObjectAsBytes(get(key).toBuilder().range(range).build());
    }

    List<String> keys(Consumer<ListObjectsV2Request.Builder> request) {
        ListObjectsV2Request.Builder builder = ListObjectsV2Request.builder().bucket(bucket);
        request.accept(builder);
        return s3.listObjectsV2(builder.build()).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    String createUpload(String key) {
        return s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
    }

    CompletedPart part(String key, String upload, int number, byte[] body) {
        String etag = s3.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(body))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    CompletedPart copy(String source, String key, String upload, int number, String range) {
        String etag = s3.uploadPartCopy(request -> request.sourceBucket(bucket)
                        .sourceKey(source)
                        .destinationBucket(bucket)
                        .destinationKey(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .copySourceRange(range))
                .copyPartResult()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    String complete(String key, String upload, List<CompletedPart> parts, String ifNoneMatch, String ifMatch) {
        return s3.completeMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .ifNoneMatch(ifNoneMatch)
                        .ifMatch(ifMatch)
                        .multipartUpload(completed -> completed.parts(parts)))
                .eTag();
    }

    void abort(String key, String upload) {
        s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    }

    List<String> uploads(String prefix) {
        return s3.listMultipartUploads(request -> request.bucket(bucket).prefix(prefix)).uploads().stream()
                .map(MultipartUpload::uploadId)
                .toList();
    }

    static void assertFails(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).as(e.getMessage()).isEqualTo(status);
            if (code != null) {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            }
        });
    }

    /** How many of that many threads do not get a 412 or 409. */
    static long winners(int threads, Callable<?> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long winners = 0;
            for (Future<?> outcome : pool.invokeAll(Collections.nCopies(threads, call))) {
                try {
                    outcome.get();
                    winners++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    S3Exception.class,
                                    refused -> assertThat(refused.statusCode()).isIn(409, 412));
                }
            }
            return winners;
        } finally {
            pool.shutdown();
        }
    }

    static String crc32c(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
