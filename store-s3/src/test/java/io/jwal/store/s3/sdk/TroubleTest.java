package io.jwal.store.s3.sdk;

import static io.jwal.s3.servers.S3Operation.DELETE_MANY;
import static io.jwal.s3.servers.S3Operation.GET;
import static io.jwal.s3.servers.S3Operation.LIST;
import static io.jwal.s3.servers.S3Operation.MULTIPART_COMPLETE;
import static io.jwal.s3.servers.S3Operation.MULTIPART_CREATE;
import static io.jwal.s3.servers.S3Operation.MULTIPART_LIST;
import static io.jwal.s3.servers.S3Operation.PUT;
import static io.jwal.store.s3.objects.ObjectKind.WORKING;
import static io.jwal.store.s3.sdk.Storages.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Upload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What does not pass is said plainly: what was asked of what, why it failed, and what to do. */
final class TroubleTest {
    private static final ByteRange ALL = new ByteRange(0, 100);

    private FakeS3 server;
    private SdkObjectStorage storage;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("bucket");
        storage = patient().open();
    }

    private Storages patient() {
        return Storages.of(server, "bucket").timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    /** What is repeated until its time is over should not take long here, nor be over before it was tried once. */
    private Storages hasty() {
        return Storages.of(server, "bucket").timeouts(Duration.ofSeconds(8), Duration.ofSeconds(8));
    }

    @AfterEach
    void stop() {
        storage.close();
        server.close();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertTrouble(ThrowingCallable call) {
        return assertThatThrownBy(call).isExactlyInstanceOf(StoreException.class);
    }

    @Test
    void noBucket() {
        try (SdkObjectStorage elsewhere = Storages.of(server, "other").open()) {
            assertTrouble(() -> elsewhere.get("key", ALL))
                    .hasMessageStartingWith(
                            "cannot read s3://other/key: there is no bucket \"other\" on " + server.endpoint()
                                    + "; create it, or correct the option \"bucket\" (HTTP 404 NoSuchBucket")
                    .hasMessageContaining(", request ");
            assertTrouble(() -> elsewhere.putIfMatch("key", "\"tag\"", body("body")))
                    .hasMessageContaining("cannot replace s3://other/key: there is no bucket");
            assertTrouble(() -> elsewhere.list("", "", 1)).hasMessageContaining("cannot list s3://other: ");
        }
    }

    @Test
    void anotherRegionOfTheServer() {
        try (SdkObjectStorage elsewhere = patient().region("eu-west-1").open()) {
            assertTrouble(() -> elsewhere.get("key", ALL))
                    .hasMessageContaining(
                            "the bucket \"bucket\" is in another region than \"eu-west-1\"; set the option"
                                    + " \"region\" to \"us-east-1\" (HTTP 400 AuthorizationHeaderMalformed");
        }
    }

    @Test
    void anotherRegionOfTheBucket() {
        server.createBucket("far", "ap-south-1");
        try (SdkObjectStorage far = Storages.of(server, "far").open()) {
            assertTrouble(() -> far.putIfAbsent("key", body("body"), WORKING))
                    .hasMessageContaining("set the option \"region\" to \"ap-south-1\" (HTTP 301 PermanentRedirect");
        }
    }

    @Test
    void noPermission() throws IOException {
        Upload upload = storage.beginUpload("key", WORKING);
        server.deny(S3Operation.values());
        List<String> keys = List.of("a", "b");
        assertDenied(() -> storage.putIfAbsent("key", body(""), WORKING), "create s3://bucket/key", "s3:PutObject");
        assertDenied(() -> storage.putIfMatch("key", "\"t\"", body("")), "replace s3://bucket/key", "s3:PutObject and");
        assertDenied(() -> storage.get("key", ALL), "read s3://bucket/key", "s3:GetObject, and s3:ListBucket");
        assertDenied(() -> storage.list("p/", "", 1), "list s3://bucket/p/", "s3:ListBucket");
        assertDenied(() -> storage.delete(keys), "delete s3://bucket/a and 1 more", "s3:DeleteObject");
        assertDenied(() -> storage.delete(List.of("a")), "delete s3://bucket/a", "s3:DeleteObject");
        assertDenied(() -> storage.beginUpload("k", WORKING), "begin an upload of s3://bucket/k", "s3:PutObject");
        assertDenied(
                () -> storage.uploadPiece(upload, 7, body("")), "upload piece 7 of s3://bucket/key", "s3:PutObject");
        assertDenied(
                () -> storage.copyPiece(upload, 7, "a", "\"t\"", ALL),
                "copy s3://bucket/a into piece 7 of s3://bucket/key",
                "s3:GetObject and s3:PutObject");
        assertDenied(
                () -> storage.completeIfAbsent(upload, List.of()),
                "complete the upload of s3://bucket/key",
                "s3:PutObject");
        assertDenied(() -> storage.abort(upload), "abort the upload of s3://bucket/key", "s3:AbortMultipartUpload");
        assertDenied(
                () -> storage.listUploads("p/"),
                "list unfinished uploads of s3://bucket/p/",
                "s3:ListBucketMultipartUploads");
    }

    private static void assertDenied(ThrowingCallable call, String action, String permission) {
        assertTrouble(call)
                .hasMessageStartingWith("cannot " + action + ": access denied; allow " + permission)
                .hasMessageContaining("HTTP 403 AccessDenied: Access Denied, request ");
    }

    @Test
    void noPermissionWithAKeyOfItsOwn() {
        server.deny(PUT);
        try (SdkObjectStorage encrypted = patient().kms("the-key").open()) {
            assertTrouble(() -> encrypted.putIfAbsent("key", body(""), WORKING))
                    .hasMessageContaining("s3:PutObject, and kms:GenerateDataKey and kms:Decrypt of the key the-key");
        }
    }

    @Test
    void unknownAndWrongAndExpiredCredentials() {
        try (SdkObjectStorage unknown =
                patient().credentials(() -> Storages.keys("nobody", "secret")).open()) {
            assertTrouble(() -> unknown.get("key", ALL))
                    .hasMessageContaining(
                            "does not know the access key; correct the credentials (HTTP 403" + " InvalidAccessKeyId");
        }
        server.faults().add(FaultRule.on(GET), Fault.answer(403, "SignatureDoesNotMatch"));
        assertTrouble(() -> storage.get("key", ALL)).hasMessageContaining("the secret key does not fit the access key");
        server.faults().add(FaultRule.on(GET), Fault.answer(400, "InvalidToken"));
        assertTrouble(() -> storage.get("key", ALL)).hasMessageContaining("the session token is not valid");
        server.expire(server.accessKey());
        assertTrouble(() -> storage.get("key", ALL))
                .hasMessageContaining("have expired, and those fetched anew as well; renew them at their source");
    }

    @Test
    void noCredentials() {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("Unable to load credentials");
        };
        try (SdkObjectStorage anonymous = patient().credentials(() -> none).open()) {
            assertTrouble(() -> anonymous.get("key", ALL))
                    .hasMessageContaining("no credentials found; set the options \"accessKey\" and \"secretKey\"")
                    .hasMessageEndingWith("It says: Unable to load credentials");
        }
    }

    @Test
    void aServerThatAsksForLess() {
        server.faults().add(FaultRule.on(LIST).forGood(), Fault.answer(503, "SlowDown"));
        try (SdkObjectStorage hasty = hasty().open()) {
            assertTrouble(() -> hasty.list("", "", 1))
                    .hasMessageContaining("asked for fewer requests until the time was over")
                    .hasMessageContaining("HTTP 503 SlowDown");
        }
    }

    @Test
    void noSpace() {
        List<Fault> full = List.of(
                Fault.answer(507, ""),
                Fault.answer(507, "InsufficientStorage"),
                Fault.answer(507, "XMinioStorageFull"),
                Fault.answer(403, "QuotaExceeded"));
        for (Fault fault : full) {
            server.faults().add(FaultRule.on(PUT).forGood(), fault);
            assertThatThrownBy(() -> storage.putIfAbsent("key", body("body"), WORKING))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("cannot create s3://bucket/key: no space left on " + server.endpoint());
            server.faults().clear();
        }
    }

    @Test
    void whatTheServerDoesNotKnow() throws IOException {
        Upload upload = storage.beginUpload("key", WORKING);
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(501, "NotImplemented"));
        assertTrouble(() -> storage.completeIfAbsent(upload, List.of()))
                .hasMessageContaining("does not know this request; use a server that does");
        server.faults().add(FaultRule.on(MULTIPART_LIST), Fault.answer(405, "MethodNotAllowed"));
        assertTrouble(() -> storage.listUploads(""))
                .hasMessageContaining(
                        "refused; what it said tells why (HTTP 405 MethodNotAllowed: Planned by the test");
    }

    @Test
    void othersThatWriteTheSameKey() {
        server.faults().add(FaultRule.on(PUT).forGood(), Fault.answer(409, "ConditionalRequestConflict"));
        try (SdkObjectStorage hasty = hasty().open()) {
            assertTrouble(() -> hasty.putIfAbsent("key", body("body"), WORKING))
                    .hasMessageContaining("other requests for it were under way until the time was over");
        }
    }

    /** Only what S3 itself says of the object means that it is not there. */
    @Test
    void aNotFoundThatIsNotAboutTheObject() {
        server.faults().add(FaultRule.on(GET), Fault.answer(404, "NotFound"));
        assertTrouble(() -> storage.get("key", ALL)).hasMessageContaining("HTTP 404 NotFound");
        server.faults().add(FaultRule.on(PUT), Fault.answer(404, ""));
        assertTrouble(() -> storage.putIfMatch("key", "\"tag\"", body("body"))).hasMessageContaining("HTTP 404");
        server.faults().add(FaultRule.on(MULTIPART_CREATE), Fault.answer(404, "NoSuchKey"));
        assertTrouble(() -> storage.beginUpload("key", WORKING)).hasMessageContaining("HTTP 404 NoSuchKey");
    }

    @Test
    void aDeletionThatIsDeniedForSomeKeys() {
        server.faults().add(FaultRule.on(DELETE_MANY), Fault.answer(403, "AccessDenied"));
        assertTrouble(() -> storage.delete(List.of("a", "b", "c")))
                .hasMessageContaining("cannot delete s3://bucket/a and 2 more: access denied; allow s3:DeleteObject");
    }

    @Test
    void nobodyAnswers() throws IOException {
        try (Socket silent = new Socket()) { // has the port, and does not listen
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            try (SdkObjectStorage nowhere = patient().endpoint(address).open()) {
                assertTrouble(() -> nowhere.get("key", ALL))
                        .hasMessageContaining("cannot read s3://bucket/key: nothing answers at " + address
                                + "; start it, or correct the option \"endpoint\": ");
            }
        }
    }

    @Test
    void nobodyIsCalledThat() {
        try (SdkObjectStorage nowhere = patient().endpoint("http://s3.invalid").open()) {
            assertTrouble(() -> nowhere.get("key", ALL))
                    .hasMessageContaining("the host of http://s3.invalid is unknown; correct the option \"endpoint\"");
        }
    }

    @Test
    void aServerWithoutTls() {
        String address = server.endpoint().toString().replace("http:", "https:");
        try (SdkObjectStorage encrypted = hasty().endpoint(address).open()) {
            assertTrouble(() -> encrypted.get("key", ALL))
                    .hasMessageContaining("no TLS with " + address + "; correct the option \"endpoint\"");
        }
    }

    @Test
    void aServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                SdkObjectStorage waiting = patient()
                        .endpoint("http://127.0.0.1:" + silent.getLocalPort())
                        .timeouts(Duration.ofSeconds(2), Duration.ofMillis(500))
                        .open()) {
            assertTrouble(() -> waiting.get("key", ALL))
                    .hasMessageContaining("did not answer in time; look at the network, or raise the options")
                    .hasMessageContaining("now 2000 ms and 500 ms");
        }
    }

    @Test
    void aStorageThatIsClosed() {
        storage.close();
        assertTrouble(() -> storage.get("key", ALL)).hasMessageContaining("bucket is closed; open it again");
    }

    @Test
    void aStorageIsOpenedWithoutAnyRequest() {
        try (SdkObjectStorage unused = patient().endpoint("http://s3.invalid").open()) {
            assertThat(unused.counters()).isEmpty();
            assertThat(unused.describe("")).isEqualTo("s3://bucket");
        }
    }
}
