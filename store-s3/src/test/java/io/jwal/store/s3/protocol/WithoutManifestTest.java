package io.jwal.store.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.WriterClaim;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** An archive keeps no manifest of a log in its store, and names nothing but sealed segments. */
class WithoutManifestTest {
    private static final SegmentId ID = new SegmentId(1, 1);

    private final Bucket bucket = new Bucket();

    @Test
    void theSegmentIsThereOnceWhenItIsSealed() throws IOException {
        BucketStorage storage = BucketStorage.undisturbed(bucket);
        try (Store store = new S3Store(storage, new RequestThreads(4), Stores.settings("log/", 0), Stores.context())) {
            WriterClaim claim = store.claimWriter();
            try (SegmentWriter writer = store.createSegment(ID, 0)) {
                writer.append(ByteBuffer.allocate(100));
                writer.sync();
                writer.append(ByteBuffer.allocate(100));
                writer.sync();
                writer.seal();
            }
            claim.close();
            assertThat(storage.list("log/segments/", "", 10))
                    .singleElement()
                    .matches(object -> object.key().equals("log/segments/" + ID + ".seg"));
            try (SegmentReader reader = store.openSegment(ID)) {
                assertThat(reader.size()).isEqualTo(200);
            }
        }
    }
}
