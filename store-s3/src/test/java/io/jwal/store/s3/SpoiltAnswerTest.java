package io.jwal.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.Secret;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.s3.protocol.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is spoilt on its way from the server is fetched again; what is damaged there stays so. */
class SpoiltAnswerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final SegmentId OPEN = new SegmentId(1, 1);
    private static final SegmentId SEALED = new SegmentId(1, 2);
    private static final byte[] CONTENT = "what was written".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private FakeS3 server;
    private Store store;

    @BeforeEach
    void write() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
        try (Store writing = open()) {
            writing.claimWriter();
            writing.writeRegister("manifest", null, ByteBuffer.wrap(CONTENT));
            for (SegmentId id : new SegmentId[] {OPEN, SEALED}) {
                SegmentWriter writer = writing.createSegment(id, 0);
                writer.appendAndSync(ByteBuffer.wrap(CONTENT));
                if (id.equals(SEALED)) {
                    writer.seal();
                }
                writer.close();
            }
        }
        store = open();
    }

    @AfterEach
    void end() throws IOException {
        store.close();
        server.close();
    }

    private Store open() {
        S3StoreConfig config = new S3StoreConfig(
                "logs",
                "log/",
                server.region(),
                server.endpoint().toString(),
                true,
                new Secret(server.accessKey()),
                new Secret(server.secretKey()),
                null,
                null,
                null,
                null,
                null,
                null,
                TIMEOUT,
                TIMEOUT,
                null,
                null,
                null,
                null);
        return new S3StoreProvider().open(config, Stores.context());
    }

    private byte[] content(SegmentId id) throws IOException {
        try (SegmentReader reader = store.openSegment(id)) {
            byte[] content = new byte[CONTENT.length];
            reader.slice(0, content.length).get(content);
            return content;
        }
    }

    private static FaultRule get(String key) {
        return FaultRule.on(S3Operation.GET).key("log/" + key);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 40})
    void aFlippedBitOfARegisterIsFetchedAgain(long offset) throws IOException {
        server.faults().add(get("registers/manifest"), Fault.flipBody(offset));
        assertThat(store.readRegister("manifest").orElseThrow().content()).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertThat(server.faults().injected()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 40, 85, 90})
    void aFlippedBitOfAPartIsFetchedAgain(long offset) throws IOException {
        server.faults().add(get(".*\\.part"), Fault.flipBody(offset));
        assertThat(content(OPEN)).isEqualTo(CONTENT);
        assertThat(server.faults().injected()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 18, 40})
    void aFlippedBitOfASealedSegmentIsFetchedAgain(long offset) throws IOException {
        server.faults().add(get(".*" + SEALED + "\\.seg"), Fault.flipBody(offset));
        assertThat(content(SEALED)).isEqualTo(CONTENT);
        assertThat(server.faults().injected()).isEqualTo(1);
    }

    /** A network that spoils one answer in a hundred spoils two in a row on some day. */
    @ParameterizedTest
    @ValueSource(strings = {"registers/manifest", ".*\\.part", ".*\\.seg"})
    void whatIsSpoiltThreeTimesInARowIsFetchedAFourth(String key) throws IOException {
        for (int nth = 1; nth <= 3; nth++) {
            server.faults().add(get(key).nth(nth), Fault.flipBody(8));
        }
        assertThat(store.readRegister("manifest").orElseThrow().content()).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertThat(content(OPEN)).isEqualTo(CONTENT);
        assertThat(content(SEALED)).isEqualTo(CONTENT);
        assertThat(server.faults().injected()).isEqualTo(3);
    }

    /** Its own part would be taken for another writer's otherwise, and the writer would believe that it was replaced. */
    @Test
    void aPartWhoseAnswerWasLostIsRecognizedThoughItIsReadBackSpoilt() throws IOException {
        store.claimWriter();
        try (SegmentWriter writer = store.createSegment(new SegmentId(2, 1), 0)) {
            server.faults().add(FaultRule.on(S3Operation.PUT).key(".*\\.part"), Fault.dropAnswer());
            server.faults().add(get(".*\\.part"), Fault.flipBody(8));
            writer.appendAndSync(ByteBuffer.wrap(CONTENT));
            server.faults().add(FaultRule.on(S3Operation.PUT).key(".*\\.seg"), Fault.dropAnswer());
            server.faults().add(get(".*\\.seg"), Fault.flipBody(8));
            writer.seal();
        }
        assertThat(server.faults().injected()).isEqualTo(4);
        assertThat(content(new SegmentId(2, 1))).isEqualTo(CONTENT);
    }

    @Test
    void whatHasFlippedOnTheServerIsDamage() {
        server.flipBit("logs", "log/registers/manifest", 7);
        assertThatThrownBy(() -> store.readRegister("manifest")).isInstanceOf(StoreCorruptException.class);
    }

    @Test
    void anErrorThatBreaksOffBeforeItSaysWhichIsAskedForAgain() throws IOException {
        server.faults().add(get("registers/none"), Fault.cutBody(1));
        assertThat(store.readRegister("none")).isEmpty();
        assertThat(server.faults().injected()).isEqualTo(1);
    }

    @Test
    void anErrorThatDoesNotSayWhichIsAskedForAgain() throws IOException {
        server.faults().add(get("registers/none"), Fault.flipBody(0));
        assertThat(store.readRegister("none")).isEmpty();
        assertThat(server.faults().injected()).isEqualTo(1);
    }
}
