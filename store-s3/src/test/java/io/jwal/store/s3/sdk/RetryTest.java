package io.jwal.store.s3.sdk;

import static io.jwal.s3.servers.S3Operation.DELETE;
import static io.jwal.s3.servers.S3Operation.DELETE_MANY;
import static io.jwal.s3.servers.S3Operation.GET;
import static io.jwal.s3.servers.S3Operation.MULTIPART_COMPLETE;
import static io.jwal.s3.servers.S3Operation.MULTIPART_COPY;
import static io.jwal.s3.servers.S3Operation.MULTIPART_PART;
import static io.jwal.s3.servers.S3Operation.PUT;
import static io.jwal.store.s3.objects.ObjectKind.WORKING;
import static io.jwal.store.s3.sdk.Storages.body;
import static io.jwal.store.s3.sdk.Storages.bytes;
import static io.jwal.store.s3.sdk.Storages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trouble that passes is not seen, but in the count of requests. */
final class RetryTest {
    private static final ByteRange ALL = new ByteRange(0, 1 << 20);

    private FakeS3 server;
    private SdkObjectStorage storage;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("bucket");
        storage = Storages.of(server, "bucket").open();
    }

    @AfterEach
    void stop() {
        storage.close();
        server.close();
    }

    @Test
    void passingTroubleIsWaitedOut() throws IOException {
        List<Fault> troubles = List.of(
                Fault.answer(500, "InternalError"),
                Fault.answer(503, "SlowDown"),
                Fault.answer(503, "ServiceUnavailable"),
                Fault.answer(400, "RequestTimeout"),
                Fault.answer(409, "ConditionalRequestConflict"),
                Fault.answer(409, "OperationAborted"),
                Fault.answer(502, ""),
                Fault.dropRequest());
        for (Fault trouble : troubles) {
            String key = trouble.kind() + trouble.code();
            server.faults().add(FaultRule.on(PUT), trouble);
            server.faults().add(FaultRule.on(PUT).nth(2), trouble);
            assertThat(storage.putIfAbsent(key, body("body"), WORKING)).as(key).isPresent();
            server.faults().clear();
            assertThat(text(storage, key)).isEqualTo("body");
        }
        assertThat(storage.counters()).containsEntry("requests.PutObject", 3L * troubles.size());
    }

    @Test
    void aLostAnswerLooksAsIfTheObjectHadBeenThere() throws IOException {
        server.faults().add(FaultRule.on(PUT), Fault.dropAnswer());
        assertThat(storage.putIfAbsent("key", body("mine"), WORKING)).isEmpty();
        assertThat(text(storage, "key")).isEqualTo("mine");
        server.faults().add(FaultRule.on(PUT), Fault.answerAfter(500, "InternalError"));
        assertThat(storage.putIfAbsent("other", body("mine"), WORKING)).isEmpty();
        assertThat(text(storage, "other")).isEqualTo("mine");
    }

    @Test
    void aLostAnswerOfACompletionLooksAsIfTheUploadWereGone() throws IOException {
        Upload upload = storage.beginUpload("key", WORKING);
        UploadedPiece piece = storage.uploadPiece(upload, 1, body("piece"));
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.dropAnswer());
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isEqualTo(new Completed.Gone());
        assertThat(text(storage, "key")).isEqualTo("piece");
    }

    /** S3 asks for a new upload then, and for the pieces again. */
    @Test
    void aConflictOfACompletionIsNotAskedAgain() throws IOException {
        Upload upload = storage.beginUpload("key", WORKING);
        UploadedPiece piece = storage.uploadPiece(upload, 1, body("piece"));
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(409, "ConditionalRequestConflict"));
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isEqualTo(new Completed.Gone());
        assertThat(storage.counters()).containsEntry("requests.CompleteMultipartUpload", 1L);
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(503, "SlowDown"));
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isInstanceOf(Completed.Made.class);
    }

    /** S3 sends the status of a long completion before it knows how it ends. */
    @Test
    void anErrorBehindAStatusOfSuccessIsAnError() throws IOException {
        Upload upload = storage.beginUpload("key", WORKING);
        UploadedPiece piece = storage.uploadPiece(upload, 1, body("piece"));
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(200, "PreconditionFailed"));
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isEqualTo(new Completed.Taken());
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(200, "InternalError"));
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE).nth(2), Fault.answer(200, "SlowDown"));
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isInstanceOf(Completed.Made.class);
        server.faults().add(FaultRule.on(MULTIPART_COPY), Fault.answer(200, "InternalError"));
        String tag = ((Fetched.Found) storage.get("key", ALL)).tag();
        Upload other = storage.beginUpload("other", WORKING);
        UploadedPiece copied = storage.copyPiece(other, 1, "key", tag, new ByteRange(0, 5));
        assertThat(storage.completeIfAbsent(other, List.of(copied))).isInstanceOf(Completed.Made.class);
        assertThat(text(storage, "other")).isEqualTo("piece");
    }

    @Test
    void whatIsRepeatedIsTheSameBytes() throws IOException {
        byte[] large = new byte[3 << 20];
        IntStream.range(0, large.length).forEach(i -> large[i] = (byte) (i * 31));
        ObjectBody body =
                new ObjectBody(List.of(ByteBuffer.wrap(large, 0, 1 << 20), ByteBuffer.wrap(large, 1 << 20, 2 << 20)));
        server.faults().add(FaultRule.on(PUT), Fault.answerAfter(503, "SlowDown"));
        assertThat(storage.putIfAbsent("key", body, WORKING)).isEmpty();
        assertThat(server.body("bucket", "key")).isEqualTo(large);
        Upload upload = storage.beginUpload("made", WORKING);
        server.faults().add(FaultRule.on(MULTIPART_PART), Fault.dropAnswer());
        UploadedPiece piece = storage.uploadPiece(upload, 1, body);
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isInstanceOf(Completed.Made.class);
        assertThat(server.body("bucket", "made")).isEqualTo(large);
    }

    @Test
    void aBodyThatBreaksOffIsFetchedAgain() throws IOException {
        byte[] large = new byte[1 << 20];
        assertThat(storage.putIfAbsent("key", ObjectBody.of(ByteBuffer.wrap(large)), WORKING))
                .isPresent();
        for (long length : new long[] {0, 1, 100_000, large.length - 1}) {
            server.faults().add(FaultRule.on(GET), Fault.cutBody(length));
        }
        assertThat(bytes(storage.get("key", ALL))).isEqualTo(large);
        server.faults().add(FaultRule.on(GET), Fault.dropAnswer());
        assertThat(bytes(storage.get("key", ALL))).isEqualTo(large);
    }

    @Test
    void anAttemptWithoutAnAnswerIsRepeated() throws IOException {
        try (SdkObjectStorage impatient = Storages.of(server, "bucket")
                .timeouts(Duration.ofMinutes(1), Duration.ofSeconds(1))
                .open()) {
            assertThat(storage.putIfAbsent("key", body("body"), WORKING)).isPresent();
            server.faults().add(FaultRule.on(GET), Fault.delay(Duration.ofSeconds(3)));
            assertThat(text(impatient, "key")).isEqualTo("body");
            assertThat(impatient.counters().get("requests.GetObject")).isGreaterThanOrEqualTo(2L);
        }
    }

    @Test
    void aServerThatComesBackIsWaitedFor() throws IOException {
        assertThat(storage.putIfAbsent("key", body("body"), WORKING)).isPresent();
        server.down();
        CompletableFuture<String> fetched = CompletableFuture.supplyAsync(() -> {
            try {
                return text(storage, "key");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        await().until(() -> storage.counters().getOrDefault("requests.GetObject", 0L) > 3);
        assertThat(fetched).isNotDone();
        server.up();
        assertThat(fetched.join()).isEqualTo("body");
    }

    @Test
    void theLastTroubleIsToldWhenTheTimeIsOver() throws IOException {
        try (SdkObjectStorage hasty = Storages.of(server, "bucket")
                .timeouts(Duration.ofSeconds(8), Duration.ofSeconds(8))
                .open()) {
            server.faults().add(FaultRule.on(GET).forGood(), Fault.answer(500, "InternalError"));
            long start = System.nanoTime();
            assertThatThrownBy(() -> hasty.get("key", ALL))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "cannot read s3://bucket/key: " + server.endpoint() + " failed until the time")
                    .hasMessageContaining("HTTP 500 InternalError")
                    .hasMessageContaining("attempt ");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
            assertThat(hasty.counters().get("requests.GetObject")).isGreaterThan(2L);
        }
    }

    @Test
    void aClockThatIsOffIsCorrected() throws IOException {
        for (Duration offset : List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(400))) {
            server.clockOffset(offset);
            String key = "key" + offset;
            assertThat(storage.putIfAbsent(key, body("body"), WORKING)).as(key).isPresent();
            assertThat(text(storage, key)).isEqualTo("body");
        }
        // Learnt once for each offset, and not with every request
        assertThat(storage.counters()).isEqualTo(Map.of("requests.PutObject", 6L, "requests.GetObject", 3L));
    }

    @Test
    void expiredCredentialsAreFetchedAnew() throws IOException {
        server.allow("first");
        server.allow("second");
        AtomicInteger fetched = new AtomicInteger();
        try (SdkObjectStorage renewing = Storages.of(server, "bucket")
                .credentials(() -> Storages.keys(fetched.incrementAndGet() == 1 ? "first" : "second", "secret"))
                .open()) {
            assertThat(renewing.putIfAbsent("key", body("body"), WORKING)).isPresent();
            server.expire("first");
            assertThat(text(renewing, "key")).isEqualTo("body");
            assertThat(text(renewing, "key")).isEqualTo("body");
            assertThat(fetched).hasValue(2);
        }
    }

    @Test
    void aDeletionThatFailsForSomeIsRepeatedForThem() throws IOException {
        List<String> keys = IntStream.range(0, 2_500).mapToObj(i -> "k/" + i).toList();
        for (String key : List.of(keys.get(0), keys.get(1_234), keys.get(2_499))) {
            assertThat(storage.putIfAbsent(key, body("body"), WORKING)).isPresent();
        }
        server.faults().add(FaultRule.on(DELETE_MANY), Fault.answer(503, "SlowDown"));
        storage.delete(keys);
        assertThat(server.keys("bucket")).isEmpty();
        assertThat(storage.counters()).containsEntry("requests.DeleteObjects", 4L);
        assertThat(storage.counters()).doesNotContainKey("requests.DeleteObject");
    }

    @Test
    void whereManyCannotBeDeletedAtOnceTheyAreOneByOne() throws IOException {
        List<String> keys = List.of("a", "b", "c");
        server.faults().add(FaultRule.on(DELETE_MANY).forGood(), Fault.answer(501, "NotImplemented"));
        for (int round = 0; round < 2; round++) {
            for (String key : keys) {
                assertThat(storage.putIfAbsent(key, body("body"), WORKING)).isPresent();
            }
            server.faults().add(FaultRule.on(DELETE).nth(2), Fault.answer(503, "SlowDown"));
            storage.delete(keys);
            assertThat(server.keys("bucket")).isEmpty();
        }
        assertThat(storage.counters()).containsEntry("requests.DeleteObject", 8L);
        assertThat(server.requests().count(DELETE_MANY)).isEqualTo(1);
    }
}
