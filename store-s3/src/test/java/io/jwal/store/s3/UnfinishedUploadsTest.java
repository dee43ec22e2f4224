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
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.s3.protocol.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of sealed segments that end in another way than they should. */
class UnfinishedUploadsTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final FaultRule COMPLETION =
            FaultRule.on(S3Operation.MULTIPART_COMPLETE).key(".*\\.seg");
    private static final FaultRule PIECE =
            FaultRule.on(S3Operation.MULTIPART_PART, S3Operation.MULTIPART_COPY).key(".*\\.seg");
    private static final Fault GONE = Fault.answer(404, "NoSuchUpload");
    private static final Fault CONFLICT = Fault.answer(409, "ConditionalRequestConflict");
    private static final int MIB = 1 << 20;

    /** Some are copied by the server, others sent once more. */
    private static final int[] PARTS = {64, 6 * MIB, 3 * MIB, 3 * MIB, 3 * MIB, 6 * MIB, 10};

    private static final byte[] REST = {1, 2, 3};

    private FakeS3 server;
    private Store store;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
        store = open();
        store.claimWriter();
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.close();
    }

    private Store open() {
        S3StoreConfig config = S3StoreConfig.builder("logs")
                .prefix("log/")
                .region(server.region())
                .endpoint(server.endpoint().toString())
                .credentials(new Secret(server.accessKey()), new Secret(server.secretKey()))
                .build();
        return new S3StoreProvider().open(config, Stores.context());
    }

    private static byte[] part(int number) {
        byte[] bytes = new byte[PARTS[number]];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private SegmentWriter written() throws IOException {
        SegmentWriter writer = store.createSegment(ID, 0);
        fill(writer);
        return writer;
    }

    private static void fill(SegmentWriter writer) throws IOException {
        for (int number = 0; number < PARTS.length; number++) {
            writer.appendAndSync(ByteBuffer.wrap(part(number)));
        }
        writer.append(ByteBuffer.wrap(REST));
    }

    private void assertSealed() throws IOException {
        assertThat(server.keys("logs")).contains("log/segments/" + ID + ".seg");
        try (Store other = open();
                SegmentReader reader = other.openSegment(ID)) {
            long at = 0;
            for (int number = 0; number < PARTS.length; number++) {
                assertThat(reader.slice(at, PARTS[number])).isEqualTo(ByteBuffer.wrap(part(number)));
                at += PARTS[number];
            }
            assertThat(reader.slice(at, REST.length)).isEqualTo(ByteBuffer.wrap(REST));
            assertThat(reader.size()).isEqualTo(at + REST.length);
        }
    }

    /** So S3 wants it: the pieces of the old upload are worth nothing any more. */
    @Test
    void oneThatMeetsAConflictIsBegunAnew() throws IOException {
        SegmentWriter writer = written();
        server.faults().add(COMPLETION, CONFLICT);
        server.faults().add(COMPLETION.nth(2), CONFLICT);
        writer.seal();
        writer.close();
        assertThat(server.faults().injected()).isEqualTo(2);
        assertSealed();
        assertThat(server.unfinishedUploads("logs")).isZero();
    }

    @Test
    void oneThatIsGoneIsBegunAnew() throws IOException {
        SegmentWriter writer = written();
        server.faults().add(COMPLETION, GONE);
        writer.seal();
        writer.close();
        assertSealed();
        assertThat(server.unfinishedUploads("logs")).isZero();
    }

    /** The storage lets an upload expire that takes long, while the segment is still being written. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void oneThatIsUndoneBeforeItHasAllPiecesIsBegunAnew(int piece) throws IOException {
        server.faults().add(PIECE.nth(piece), GONE);
        SegmentWriter writer = written();
        writer.seal();
        writer.close();
        assertThat(server.faults().injected()).isEqualTo(1);
        assertSealed();
        assertThat(server.unfinishedUploads("logs")).isZero();
    }

    @Test
    void oneThatIsUndoneEachTimeEndsTheWriter() throws IOException {
        server.faults().add(PIECE.forGood(), GONE);
        SegmentWriter writer = store.createSegment(ID, 0);
        assertThatThrownBy(() -> fill(writer))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the storage has undone the upload of", "3 times", "open the log again");
        writer.close();
        assertThat(store.counters()).containsEntry("requests.CreateMultipartUpload", 4L); // the probe's is one
        assertThat(server.unfinishedUploads("logs")).isZero();
    }

    @Test
    void oneWhoseLastAnswerWasLostIsNotBegunAnew() throws IOException {
        SegmentWriter writer = written();
        server.faults().add(COMPLETION, Fault.dropAnswer());
        writer.seal();
        writer.close();
        assertSealed();
        assertThat(store.counters()).containsEntry("requests.CreateMultipartUpload", 2L); // the probe's is the other
    }

    @Test
    void conflictsWithoutEndEndTheWriter() throws IOException {
        SegmentWriter writer = written();
        server.faults().add(COMPLETION.forGood(), CONFLICT);
        assertThatThrownBy(writer::seal)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the storage has undone the upload of", "3 times", "open the log again");
        writer.close();
        assertThat(server.faults().injected()).isEqualTo(3);
        assertThat(server.unfinishedUploads("logs")).isZero();
    }

    /** Its successor may have looked for such uploads before this one was begun. */
    @Test
    void aWriterThatWasReplacedLeavesNone() throws IOException {
        SegmentWriter writer = written();
        assertThat(server.unfinishedUploads("logs")).isEqualTo(1);
        try (Store successor = open()) {
            successor.claimWriter();
            successor.fenceSegment(ID);
        }
        writer.append(ByteBuffer.wrap(REST));
        assertThatThrownBy(writer::sync).isInstanceOf(StoreFencedException.class);
        writer.close();
        assertThat(server.unfinishedUploads("logs")).isZero();
    }
}
