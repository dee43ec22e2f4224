package io.jwal.store.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Parts that are sent because much was appended, not because anybody asked for it to be durable. */
class UnsyncedPartsTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final int LARGE = 9 << 20;

    private final Bucket bucket = new Bucket();

    private Store open() {
        return new S3Store(
                BucketStorage.undisturbed(bucket), new RequestThreads(4), Stores.settings("log/", 0), Stores.context());
    }

    @Test
    void claimNothingThatWasNotSynced() throws IOException {
        try (Store store = open()) {
            store.claimWriter();
            SegmentWriter writer = store.createSegment(ID, 0);
            writer.append(ByteBuffer.allocate(64));
            writer.sync();
            for (int i = 0; i < 6; i++) { // more than may be under way at once, so that some are stored
                writer.append(ByteBuffer.allocate(LARGE));
            }
            writer.close();
            assertThat(claimedByOthers()).isBetween(0L, 64L);
        }
    }

    @Test
    void areClaimedOnceTheyWereSynced() throws IOException {
        try (Store store = open()) {
            store.claimWriter();
            try (SegmentWriter writer = store.createSegment(ID, 0)) {
                writer.append(ByteBuffer.allocate(LARGE));
                writer.sync();
                writer.append(ByteBuffer.allocate(1));
                writer.sync();
            }
            assertThat(claimedByOthers()).isEqualTo(LARGE);
        }
    }

    private long claimedByOthers() throws IOException {
        try (Store other = open();
                SegmentReader reader = other.openSegment(ID)) {
            assertThat(reader.size()).isGreaterThanOrEqualTo(64);
            return reader.claimedSize();
        }
    }
}
