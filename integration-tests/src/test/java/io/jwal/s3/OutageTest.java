package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.FencedException;
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
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is gone for a while, or that works badly. */
class OutageTest {
    private static final byte[] ENTRY = new byte[900];
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration HASTY = Duration.ofSeconds(5);

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

    private WalConfig config(Duration timeout) {
        return S3Logs.config(S3Logs.hasty(server, "logs", "orders", timeout, timeout))
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }

    @Test
    void anAppendWaitsForAServerThatComesBack() throws Exception {
        try (Wal wal = JWal.open(config(PATIENT))) {
            wal.append(ENTRY);
            server.down();
            CompletableFuture<Long> waiting = wal.appendAsync(ENTRY);
            long asked = wal.stats().store().getOrDefault("requests.PutObject", 0L);
            await().until(() -> wal.stats().store().getOrDefault("requests.PutObject", 0L) > asked + 1);
            assertThat(waiting).isNotDone();

            server.up();

            assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(2);
            assertThat(wal.append(ENTRY)).isEqualTo(3);
        }
        assertLogIs(3);
    }

    private void assertLogIs(long last) {
        try (Wal wal = JWal.open(config(PATIENT))) {
            assertThat(wal.firstIndex()).isEqualTo(1);
            assertThat(wal.lastIndex()).isEqualTo(last);
            for (long index = 1; index <= last; index++) {
                assertThat(wal.read(index)).isEqualTo(ENTRY);
            }
        }
    }

    @Test
    void anAppendThatGivesUpSaysWhereAndTheLogIsWholeAfterwards() {
        try (Wal wal = JWal.open(config(HASTY))) {
            for (int i = 0; i < 10; i++) {
                wal.append(ENTRY);
            }
            server.down();
            assertThatThrownBy(() -> wal.append(ENTRY))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("cannot create s3://logs/orders/segments/0000000000000001-")
                    .hasMessageContaining(
                            "nothing answers at " + server.endpoint() + "; start it, or correct the option")
                    .hasMessageContaining("close the log, mend the cause, open it and look before trying again");
            assertThatThrownBy(() -> wal.append(ENTRY))
                    .isExactlyInstanceOf(WalFailedException.class)
                    .hasMessageContaining("nothing of this call was written");
            assertThat(wal.durableIndex()).isEqualTo(10);
        }

        assertThatThrownBy(() -> JWal.open(config(HASTY)))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the log could not be opened: cannot create s3://logs/orders/probe/")
                .hasMessageContaining("nothing answers at " + server.endpoint())
                .hasMessageContaining("no entry was harmed, open it again when the cause is mended");

        server.up();
        assertLogIs(10);
    }

    @Test
    void aReaderGoesOnWhenTheServerIsBack() {
        for (int i = 0; i < 10; i++) { // a writer each, so that each lies in another segment however late one rolls
            try (Wal wal = JWal.open(config(PATIENT))) {
                wal.append(ENTRY);
            }
        }
        try (WalReader reader = JWal.openReader(config(HASTY))) {
            assertThat(reader.read(1)).isEqualTo(ENTRY);
            server.down();
            assertThatThrownBy(() -> reader.read(9))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("nothing answers at " + server.endpoint());
            server.up();
            assertThat(reader.read(9)).isEqualTo(ENTRY);
        }
    }

    @Test
    void aServerThatVanishesWhileALogIsOpenedIsNoDamage() {
        Wal crashed = JWal.open(config(PATIENT));
        crashed.append(ENTRY);
        crashed.append(ENTRY);
        WalConfig salvaging = config(HASTY).toBuilder()
                .onCorruption(WalConfig.OnCorruption.SALVAGE)
                .build();
        server.faults()
                .add(FaultRule.on(S3Operation.GET).key("orders/segments/.*").forGood(), Fault.dropRequest());

        assertThatThrownBy(() -> JWal.open(salvaging))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("cannot read s3://logs/orders/segments/")
                .hasMessageContaining("look at the network and try again")
                .hasMessageContaining("no entry was harmed, open it again when the cause is mended");
        try (WalReader reader = JWal.openReader(salvaging)) {
            assertThatThrownBy(() -> reader.cursor(1).next())
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("cannot read s3://logs/orders/segments/");
        }
        server.faults().clear();
        assertLogIs(2);
        assertThatThrownBy(crashed::close).isInstanceOf(FencedException.class);
    }

    @Test
    void everyAnswerMayBeLost() {
        server.faults().add(FaultRule.on().sometimes(0.2, 7), Fault.dropAnswer());
        try (Wal wal = JWal.open(config(PATIENT))) {
            for (int i = 1; i <= 20; i++) {
                assertThat(wal.append(ENTRY)).isEqualTo(i);
            }
        }
        assertThat(server.faults().injected()).isPositive();
        server.faults().clear();
        assertLogIs(20);
    }

    @Test
    void everyAnswerMayBeDamagedOnItsWay() {
        try (Wal wal = JWal.open(config(PATIENT))) {
            for (int i = 1; i <= 20; i++) {
                wal.append(ENTRY);
            }
        }
        FaultRule stored = FaultRule.on(S3Operation.GET).key("orders/(registers/.*|segments/.*seg)");
        server.faults().add(stored.sometimes(0.02, 5), Fault.flipBody(70));
        server.faults().add(stored.sometimes(0.1, 6), Fault.cutBody(30));
        server.faults().add(stored.sometimes(0.1, 7), Fault.wrongChecksum());
        for (int reading = 0; reading < 10; reading++) { // each asks anew
            try (WalReader reader = JWal.openReader(config(PATIENT))) {
                for (int i = 1; i <= 20; i++) {
                    assertThat(reader.read(i)).isEqualTo(ENTRY);
                }
            }
        }
        assertThat(server.faults().injected()).isPositive();
    }
}
