package io.jwal.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.store.Secret;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.sdk.SdkObjectStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What a user sees of a run in which everything fails never has a secret in it. (With debug logging the SDK shows what it
 * signs, and of the secrets the session token is in there; the key never is.)
 */
final class SecrecyTest {
    private static final String SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
    private static final String TOKEN = "FwoGZXIvYXdzEXAMPLETOKEN";
    private static final Logger SDK = Logger.getLogger("software.amazon.awssdk");

    private final StringWriter seen = new StringWriter();
    private final PrintWriter out = new PrintWriter(seen, true);
    private final StringBuffer debug = new StringBuffer();

    private final Handler recorder = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord logged) {
            String text = formatter.format(logged);
            debug.append(text);
            if (logged.getLevel().intValue() >= Level.INFO.intValue()) {
                out.print(text);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static S3StoreConfig config(FakeS3 server, String accessKey) {
        return new S3StoreConfig(
                "bucket",
                "p",
                "us-east-1",
                server.endpoint().toString(),
                null,
                new Secret(accessKey),
                new Secret(SECRET),
                new Secret(TOKEN),
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(1),
                null,
                null,
                null,
                null,
                null);
    }

    private void fail(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(IOException.class);
        failure.printStackTrace(out);
    }

    @Test
    void secretsAreNeverShown() throws IOException {
        SDK.addHandler(recorder);
        SDK.setUseParentHandlers(false);
        SDK.setLevel(Level.ALL);
        try (FakeS3 server = FakeS3.start()) {
            server.createBucket("bucket");
            server.allow("AKIDEXPIRED");
            server.expire("AKIDEXPIRED");
            for (String accessKey : List.of(server.accessKey(), "AKIDNOBODY", "AKIDEXPIRED")) {
                S3StoreConfig config = config(server, accessKey);
                out.println(config);
                out.println(config.sdk());
                try (SdkObjectStorage storage = new SdkObjectStorage(config.sdk())) {
                    failEveryWay(server, storage);
                }
            }
        } finally {
            SDK.removeHandler(recorder);
            SDK.setUseParentHandlers(true);
            SDK.setLevel(null);
        }
        assertThat(seen.toString())
                .contains("AccessDenied", "InvalidAccessKeyId", "ExpiredToken", "InternalError", "is closed")
                .doesNotContain(SECRET)
                .doesNotContain(TOKEN);
        assertThat(debug.toString()).contains("Sending Request").doesNotContain(SECRET);
    }

    private void failEveryWay(FakeS3 server, SdkObjectStorage storage) {
        fail(() -> storage.copyPiece(new Upload("key", "id"), 1, "source", "tag", new ByteRange(0, 1)));
        ObjectBody body = ObjectBody.of(ByteBuffer.allocate(3));
        server.faults().add(FaultRule.on(), Fault.answer(403, "AccessDenied"));
        fail(() -> storage.putIfAbsent("denied", body, ObjectKind.WORKING));
        server.faults().add(FaultRule.on(), Fault.answer(403, "SignatureDoesNotMatch"));
        fail(() -> storage.list("", "", 1));
        server.faults().add(FaultRule.on().forGood(), Fault.answer(500, "InternalError"));
        fail(() -> storage.get("broken", new ByteRange(0, 1)));
        server.faults().clear();
        server.faults().add(FaultRule.on().forGood(), Fault.dropAnswer());
        fail(() -> storage.delete(List.of("a", "b")));
        server.faults().clear();
        server.down();
        fail(() -> storage.listUploads(""));
        server.up();
        server.faults().add(FaultRule.on(), Fault.answer(400, "Weird"));
        fail(() -> storage.beginUpload("refused", ObjectKind.SEALED));
        storage.close();
        fail(() -> storage.get("closed", new ByteRange(0, 1)));
    }
}
