package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.FencedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.Gate;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers that sleep while another takes the log over, seals and cleans up, and then wake. */
class ReplacedWriterTest {
    private static final byte[] ENTRY = new byte[900];
    private static final String SEGMENTS = "orders/segments/";

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
        Duration patient = Duration.ofMinutes(1);
        return S3Logs.config(S3Logs.hasty(server, "logs", "orders", patient, patient))
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }

    /** Takes the log over and goes on until everything of the writers before is sealed, copied and deleted. */
    private Wal successor(int entries) {
        Wal wal = JWal.open(config());
        for (int i = 0; i < entries; i++) {
            wal.append(ENTRY);
        }
        wal.close();
        return JWal.open(config());
    }

    private void assertOnlyThisIsThere(Wal wal, long last) {
        assertThat(wal.firstIndex()).isEqualTo(1);
        assertThat(wal.lastIndex()).isEqualTo(last);
        for (long index = 1; index <= last; index++) {
            assertThat(wal.read(index)).isEqualTo(ENTRY);
        }
        assertThat(wal.append(ENTRY)).isEqualTo(last + 1);
        wal.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000004.part", "00000002.part"})
    void aPartThatArrivesAfterEverythingIsFenced(String part) throws Exception {
        Wal sleeper = JWal.open(config());
        sleeper.append(ENTRY);
        if (part.startsWith("00000004")) {
            sleeper.append(ENTRY);
        }
        Gate gate = server.faults().hold(FaultRule.on(S3Operation.PUT).key(SEGMENTS + "0000000000000001-.*part"));
        CompletableFuture<Long> late = sleeper.appendAsync(ENTRY);
        gate.awaitReached();
        long before = part.startsWith("00000004") ? 2 : 1;
        Wal successor = successor(20);

        gate.release();

        assertThatThrownBy(() -> late.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(FencedException.class);
        assertThatThrownBy(() -> sleeper.append(ENTRY))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("this writer (epoch 1) was fenced")
                .hasMessageContaining("make sure that only one process writes");
        sleeper.close();
        assertOnlyThisIsThere(successor, before + 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments/.*seg", "registers/manifest"})
    void aSealOrAManifestThatArrivesAfterEverythingChangesNothing(String key) {
        Wal sleeper = JWal.open(config());
        Gate gate = server.faults().hold(FaultRule.on(S3Operation.PUT).key("orders/" + key));
        AtomicLong acknowledged = new AtomicLong();
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 4; i++) {
                acknowledged.set(sleeper.append(ENTRY));
            }
            sleeper.close();
        });
        gate.awaitReached();
        Wal successor = successor(20);
        long before = successor.lastIndex() - 20;

        gate.release();

        assertThatThrownBy(() -> working.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(FencedException.class);
        assertThat(acknowledged).hasValueLessThanOrEqualTo(before);
        assertOnlyThisIsThere(successor, before + 20);
        sleeper.close();
    }

    @Test
    void aDeletionThatArrivesAfterEverythingTakesNothingThatIsNeeded() {
        Wal sleeper = JWal.open(config());
        for (int i = 0; i < 10; i++) {
            sleeper.append(ENTRY);
        }
        Gate gate = server.faults().hold(FaultRule.on(S3Operation.DELETE_MANY));
        CompletableFuture<Void> truncating = CompletableFuture.runAsync(() -> {
            sleeper.truncateBefore(8);
            sleeper.close();
        });
        gate.awaitReached();
        try (Wal successor = JWal.open(config())) {
            assertThat(successor.firstIndex()).isEqualTo(8);
            assertThat(successor.append(ENTRY)).isEqualTo(11);
            gate.release();
            truncating.handle((done, failure) -> failure).join();
            for (long index = 8; index <= 11; index++) {
                assertThat(successor.read(index)).isEqualTo(ENTRY);
            }
        }
    }

    /** Each of these stands at another step of opening: fencing, looking, scanning, copying, naming. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT orders/registers/state",
                "LIST ",
                "PUT orders/segments/0000000000000001-.*part",
                "GET orders/segments/0000000000000001-.*seg",
                "GET orders/segments/0000000000000001-.*part",
                "PUT orders/segments/0000000000000002-.*part"
            })
    void anOpenerThatSleepsThroughATakeoverIsFencedAndSaysSo(String request) {
        Wal crashed = JWal.open(config());
        crashed.append(ENTRY);
        crashed.append(ENTRY);
        S3Operation operation = S3Operation.valueOf(request.substring(0, request.indexOf(' ')));
        String key = request.substring(request.indexOf(' ') + 1);
        FaultRule rule = FaultRule.on(operation).key(key);
        Gate gate = server.faults().hold(operation == S3Operation.LIST ? rule.nth(2) : rule);
        CompletableFuture<Wal> opening = CompletableFuture.supplyAsync(() -> JWal.open(config()));
        gate.awaitReached();
        Wal successor = successor(20);

        gate.release();

        assertThatThrownBy(() -> opening.get(1, TimeUnit.MINUTES))
                .cause()
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("this writer (epoch 2) was fenced");
        assertThatThrownBy(crashed::close).isInstanceOf(FencedException.class);
        assertOnlyThisIsThere(successor, 22);
    }

    @Test
    void anOpenerWhoseSourcesAreDeletedWhileItCopiesThemIsFenced() {
        WalConfig large = config().toBuilder()
                .segmentSize(ByteSize.ofMebibytes(64))
                .maxEntry(ByteSize.ofMebibytes(8))
                .build();
        byte[] entry = new byte[3 << 20]; // more than what comes with a part's header
        Wal crashed = JWal.open(large);
        crashed.append(entry);
        crashed.append(entry);
        Gate gate = server.faults().hold(FaultRule.on(S3Operation.PUT).key(SEGMENTS + "0000000000000002-.*part"));
        CompletableFuture<Wal> opening = CompletableFuture.supplyAsync(() -> JWal.open(large));
        gate.awaitReached();
        try (Wal successor = JWal.open(large)) {
            successor.append(ENTRY);
            await().until(() ->
                    server.keys("logs").stream().noneMatch(key -> key.endsWith("1-00000001/00000002.part")));

            gate.release();

            assertThatThrownBy(() -> opening.get(1, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("this writer (epoch 2) was fenced");
            assertThat(successor.read(2)).isEqualTo(entry);
        }
        assertThatThrownBy(crashed::close).isInstanceOf(FencedException.class);
    }

    @Test
    void aPropertyAndAPositionOfAReplacedWriterAreRefused() {
        Wal sleeper = JWal.open(config());
        sleeper.append(ENTRY);
        sleeper.append(ENTRY);
        sleeper.setProperty("term", new byte[] {1});
        WalConsumer consumer = sleeper.consumer("billing");
        consumer.seek(2);
        consumer.commit();
        consumer.seek(3);
        try (Wal successor = JWal.open(config())) {
            assertThatThrownBy(() -> sleeper.setProperty("term", new byte[] {2}))
                    .isInstanceOf(FencedException.class);
            assertThatThrownBy(consumer::commit).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> sleeper.removeConsumer("billing")).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> sleeper.append(ENTRY)).isInstanceOf(FencedException.class);

            assertThat(successor.property("term")).hasValue(new byte[] {1});
            assertThat(successor.consumers()).containsEntry("billing", 2L);
        }
        sleeper.close();
        try (Wal again = JWal.open(config())) {
            assertThat(again.property("term")).hasValue(new byte[] {1});
            assertThat(again.consumers()).containsEntry("billing", 2L);
        }
    }

    @Test
    void ofManyThatOpenALogAtOnceOneWritesIt() {
        List<CompletableFuture<Wal>> opening = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            opening.add(CompletableFuture.supplyAsync(() -> JWal.open(config()), task -> new Thread(task).start()));
        }
        List<Wal> opened = new ArrayList<>();
        for (CompletableFuture<Wal> each : opening) {
            try {
                opened.add(each.join());
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(FencedException.class);
            }
        }
        long appended = 0;
        for (Wal wal : opened) {
            try {
                assertThat(wal.append(ENTRY)).isEqualTo(appended + 1);
                appended++;
            } catch (FencedException e) {
                assertThat(e).hasMessageContaining("make sure that only one process writes");
            }
        }
        assertThat(appended).isEqualTo(1);
        for (Wal wal : opened) {
            try {
                wal.close();
            } catch (WalException e) {
                assertThat(e).isInstanceOf(FencedException.class);
            }
        }
        try (Wal wal = JWal.open(config())) {
            assertThat(wal.lastIndex()).isEqualTo(1);
        }
    }
}
