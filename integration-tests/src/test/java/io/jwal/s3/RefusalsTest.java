package io.jwal.s3;

import static io.jwal.s3.servers.S3Operation.DELETE_MANY;
import static io.jwal.s3.servers.S3Operation.GET;
import static io.jwal.s3.servers.S3Operation.LIST;
import static io.jwal.s3.servers.S3Operation.MULTIPART_ABORT;
import static io.jwal.s3.servers.S3Operation.MULTIPART_COMPLETE;
import static io.jwal.s3.servers.S3Operation.MULTIPART_COPY;
import static io.jwal.s3.servers.S3Operation.MULTIPART_CREATE;
import static io.jwal.s3.servers.S3Operation.MULTIPART_LIST;
import static io.jwal.s3.servers.S3Operation.MULTIPART_PART;
import static io.jwal.s3.servers.S3Operation.PUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.OutcomeUnknownException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalFailedException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.Misbehaviour;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses is said plainly, with the next step, and harms nothing. */
class RefusalsTest {
    private static final byte[] ENTRY = {1, 2, 3};

    private FakeS3 server;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WalConfig config() {
        return config("logs");
    }

    private WalConfig config(String bucket) {
        return S3Logs.config(S3Logs.withKey(server, server.accessKey(), bucket, "orders"))
                .build();
    }

    @Test
    void noBucket() {
        for (Runnable open : opens(config("lags"))) {
            assertThatThrownBy(open::run)
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("s3://lags/orders/")
                    .hasMessageContaining("there is no bucket \"lags\" on " + server.endpoint())
                    .hasMessageContaining("create it, or correct the option \"bucket\"");
        }
        assertThat(server.requests().count(PUT))
                .as("asked once, not again and again")
                .isEqualTo(1);
    }

    private static List<Runnable> opens(WalConfig config) {
        return List.of(
                () -> JWal.open(config).close(), () -> JWal.openReader(config).close());
    }

    @Test
    void wrongRegion() {
        server.createBucket("far", "eu-west-1");

        for (Runnable open : opens(config("far"))) {
            assertThatThrownBy(open::run)
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("the bucket \"far\" is in another region than \"us-east-1\"")
                    .hasMessageContaining("set the option \"region\" to \"eu-west-1\"");
        }
        assertThat(server.keys("far")).isEmpty();
    }

    @Test
    void wrongCredentials() {
        WalConfig config = S3Logs.config(S3Logs.withKey(server, "NOBODY", "logs", "orders"))
                .build();

        for (Runnable open : opens(config)) {
            assertThatThrownBy(open::run)
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("does not know the access key; correct the credentials")
                    .hasMessageNotContaining(server.secretKey());
        }
    }

    @Test
    void credentialsThatExpireEndTheWriterAndLoseNothing() {
        try (Wal wal = JWal.open(config())) {
            wal.append(ENTRY);
            server.expire(server.accessKey());

            assertThatThrownBy(() -> wal.append(ENTRY))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("00000003.part")
                    .hasMessageContaining("the credentials have expired, and those fetched anew as well; renew them")
                    .hasMessageContaining("open it and look before trying again");
            assertThatThrownBy(() -> wal.append(ENTRY)).isExactlyInstanceOf(WalFailedException.class);
            assertThat(wal.durableIndex()).isEqualTo(1);
        }
        server.allow(server.accessKey());
        assertLogIs(1);
    }

    /** Reads the log, and that it goes on. */
    private void assertLogIs(long last) {
        try (Wal wal = JWal.open(config())) {
            assertThat(wal.firstIndex()).isEqualTo(1);
            assertThat(wal.lastIndex()).isEqualTo(last);
            for (long index = 1; index <= last; index++) {
                assertThat(wal.read(index)).isEqualTo(ENTRY);
            }
            assertThat(wal.append(ENTRY)).isEqualTo(last + 1);
        }
    }

    static Stream<Arguments> permissionsOfOpening() {
        return Stream.of(
                Arguments.of(PUT, "s3:PutObject"),
                Arguments.of(GET, "s3:GetObject"),
                Arguments.of(LIST, "s3:ListBucket"),
                Arguments.of(DELETE_MANY, "s3:DeleteObject"),
                Arguments.of(MULTIPART_CREATE, "s3:PutObject"),
                Arguments.of(MULTIPART_PART, "s3:PutObject"),
                Arguments.of(MULTIPART_COMPLETE, "s3:PutObject"),
                Arguments.of(MULTIPART_ABORT, "s3:AbortMultipartUpload"));
    }

    @ParameterizedTest
    @MethodSource("permissionsOfOpening")
    void withoutAPermissionALogDoesNotOpen(S3Operation operation, String permission) {
        try (Wal wal = JWal.open(config())) {
            wal.append(ENTRY);
        }
        List<String> before = server.keys("logs");
        server.deny(operation);

        assertThatThrownBy(() -> JWal.open(config()))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageStartingWith("the log could not be opened: cannot ")
                .hasMessageContaining("s3://logs/orders/probe/")
                .hasMessageContaining("access denied; allow " + permission)
                .hasMessageContaining("HTTP 403 AccessDenied")
                .hasMessageEndingWith("no entry was harmed, open it again when the cause is mended");

        server.permitAll();
        assertThat(server.keys("logs"))
                .filteredOn(key -> !key.contains("/probe/"))
                .isEqualTo(before);
        assertLogIs(1);
    }

    @Test
    void withoutThePermissionToListUploadsALogWorks() {
        server.deny(MULTIPART_LIST);

        assertLogIs(0);
        assertLogIs(1);
    }

    @Test
    void withoutThePermissionToCopyALargePartTheLogFailsAndIsWhole() {
        WalConfig config =
                config().toBuilder().segmentSize(ByteSize.ofMebibytes(32)).build();
        byte[] large = new byte[6 << 20];
        Wal wal = JWal.open(config);
        server.deny(MULTIPART_COPY);

        assertThatThrownBy(() -> {
                    wal.append(large);
                    wal.append(large);
                    wal.close();
                })
                .isInstanceOf(WalFailedException.class)
                .hasMessageContaining("access denied; allow s3:GetObject and s3:PutObject")
                .hasMessageContaining("cannot copy s3://logs/orders/segments/");

        server.permitAll();
        wal.close();
        try (Wal again = JWal.open(config)) {
            assertThat(again.lastIndex()).isEqualTo(2);
            assertThat(again.read(2)).isEqualTo(large);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = S3Operation.class,
            names = {"PUT", "GET", "LIST", "DELETE", "DELETE_MANY", "HEAD"})
    void aPermissionTakenAwayFromAnOpenLogLosesNothing(S3Operation operation) {
        WalConfig config =
                config().toBuilder().segmentSize(ByteSize.ofKibibytes(4)).build();
        byte[] entry = new byte[900];
        long acknowledged = 0;
        try (Wal wal = JWal.open(config)) {
            for (int i = 0; i < 20; i++) {
                acknowledged = wal.append(entry);
            }
            server.deny(operation);
            for (int i = 0; i < 20; i++) {
                acknowledged = wal.append(entry);
            }
        } catch (WalFailedException e) {
            assertThat(e).hasMessageContaining("access denied; allow s3:").hasMessageContaining("s3://logs/orders/");
        }
        assertThat(acknowledged).isBetween(20L, 40L);

        server.permitAll();
        try (WalReader reader = JWal.openReader(config)) {
            assertThat(reader.lastIndex()).isGreaterThanOrEqualTo(acknowledged);
        }
        try (Wal wal = JWal.open(config)) {
            assertThat(wal.lastIndex()).isBetween(acknowledged, acknowledged + 1);
            for (long index = 1; index <= acknowledged; index++) {
                assertThat(wal.read(index)).isEqualTo(entry);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Misbehaviour.class,
            names = {"IGNORE_IF_NONE_MATCH", "IGNORE_IF_MATCH", "IGNORE_CONDITIONS_ON_COMPLETE"})
    void aServerThatIgnoresConditions(Misbehaviour misbehaviour) {
        assertLogIs(0);
        List<String> before = server.keys("logs");
        server.misbehave(misbehaviour);

        assertThatThrownBy(() -> JWal.open(config()))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the server of s3://logs does not keep conditions: "
                        + switch (misbehaviour) {
                            case IGNORE_IF_NONE_MATCH -> "a PUT with If-None-Match: * replaced an object";
                            case IGNORE_IF_MATCH -> "a PUT with an If-Match that does not match replaced an object";
                            default -> "completing an upload with If-None-Match: * replaced an object";
                        })
                .hasMessageContaining("use a server that supports conditional writes");

        assertThat(server.keys("logs")).as("nothing is left of the probe").isEqualTo(before);
        assertThat(server.unfinishedUploads("logs")).isZero();
        server.behave();
        assertLogIs(1);
    }

    /** The upload is gone then when it is asked for again, as it is on a server that keeps conditions. */
    @Test
    void aServerThatIgnoresConditionsIsFoundOutThoughItsAnswerIsLost() {
        server.misbehave(Misbehaviour.IGNORE_CONDITIONS_ON_COMPLETE);
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.dropAnswer());
        assertThatThrownBy(() -> JWal.open(config()))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("completing an upload with If-None-Match: * replaced an object");
        server.behave();
        assertLogIs(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchUpload", "ConditionalRequestConflict"})
    void anUploadOfTheProbeThatIsGoneSaysNothing(String code) {
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(409, code));
        assertLogIs(0);
        assertThat(server.faults().injected()).isEqualTo(1);
        server.faults().add(FaultRule.on(MULTIPART_COMPLETE).forGood(), Fault.answer(409, code));
        assertThatThrownBy(() -> JWal.open(config()))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the storage has undone the upload of")
                .hasMessageContaining("3 times");
    }

    @Test
    void soDoesOneThatIsGoneBeforeItsPieceIsThere() {
        server.faults().add(FaultRule.on(MULTIPART_PART), Fault.answer(404, "NoSuchUpload"));
        assertLogIs(0);
        assertThat(server.faults().injected()).isEqualTo(1);
        assertThat(server.unfinishedUploads("logs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void aClockAnHourWrong(int minutes) {
        server.clockOffset(Duration.ofMinutes(minutes));
        assertLogIs(0);
        try (Wal wal = JWal.open(config())) {
            server.clockOffset(Duration.ofMinutes(-minutes));
            assertThat(wal.append(ENTRY)).isEqualTo(2);
            assertThat(wal.read(1)).isEqualTo(ENTRY);
        }
        assertLogIs(2);
    }
}
