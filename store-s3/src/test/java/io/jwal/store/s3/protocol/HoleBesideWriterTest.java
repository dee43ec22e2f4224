package io.jwal.store.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.s3.objects.IoAction;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody lists the parts of a segment, as a check of the log does, while one of its writer's is still under way. */
class HoleBesideWriterTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final int PART = 100;

    private final Bucket bucket = new Bucket();
    private final CompletableFuture<?> secondPart = new CompletableFuture<>();
    private final Store writing = open(this::withholding);
    private final Store checking = open(this::interrupted);
    private volatile @Nullable IoAction beforeListing;
    private SegmentWriter writer;

    private Store open(BucketStorage.Wire wire) {
        return new S3Store(
                new BucketStorage(bucket, wire), new RequestThreads(8), Stores.settings("log/", 0), Stores.context());
    }

    private <T> T withholding(String kind, String key, Supplier<T> call) {
        if (kind.equals("PUT") && key.endsWith("00000002.part")) {
            secondPart.join();
        }
        return call.get();
    }

    private <T> T interrupted(String kind, String key, Supplier<T> call) throws IOException {
        IoAction action = beforeListing;
        if (action != null && kind.equals("LIST")) {
            beforeListing = null;
            action.run();
        }
        return call.get();
    }

    /** The first and the third part are there. */
    @BeforeEach
    void leaveAHole() throws IOException {
        writing.claimWriter();
        writer = writing.createSegment(ID, 0);
        writer.appendAndSync(ByteBuffer.allocate(PART));
        for (int i = 0; i < 2; i++) {
            writer.append(ByteBuffer.allocate(PART));
            CompletableFuture<Long> unused = writer.syncAsync();
        }
        await().until(() -> bucket.keys().size() == 2);
        assertThat(checking.listSegments()).containsExactly(ID);
    }

    @AfterEach
    void close() throws IOException {
        secondPart.complete(null);
        writer.close();
        writing.close();
        checking.close();
    }

    /** The fourth part claims what the second and the third one hold. */
    private void fillIt() throws IOException {
        secondPart.complete(null);
        writer.sync();
        writer.appendAndSync(ByteBuffer.allocate(PART));
    }

    @Test
    void oneThatIsFilledMeanwhileIsNotDamage() throws IOException {
        beforeListing = this::fillIt;
        try (SegmentReader reader = checking.openSegment(ID)) {
            assertThat(beforeListing).isNull();
            assertThat(reader.size()).isEqualTo(4 * PART);
            assertThat(reader.claimedSize()).isEqualTo(3 * PART);
        }
    }

    @Test
    void oneOfASegmentThatIsSealedMeanwhileIsNotDamage() throws IOException {
        beforeListing = () -> {
            fillIt();
            writer.seal();
            bucket.keys().stream()
                    .filter(key -> key.endsWith(".part") && !key.endsWith("00000004.part"))
                    .forEach(bucket::remove);
        };
        try (SegmentReader reader = checking.openSegment(ID)) {
            assertThat(beforeListing).isNull();
            assertThat(reader.size()).isEqualTo(4 * PART);
        }
    }

    /** What another one behind it knows counts, though nobody will ever see that one in its place. */
    @Test
    void oneThatStaysIsDamage() throws IOException {
        beforeListing = () -> {
            fillIt();
            bucket.keys().stream().filter(key -> key.endsWith("00000002.part")).forEach(bucket::remove);
        };
        try (SegmentReader reader = checking.openSegment(ID)) {
            assertThat(reader.size()).isEqualTo(PART);
            assertThat(reader.claimedSize()).isEqualTo(3 * PART);
        }
    }
}
