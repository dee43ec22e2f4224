package io.jwal.store.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whoever is fenced while it writes on and on. */
class BusyWriterTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final int PART_HEADER = 80;

    private final Bucket bucket = new Bucket();

    private Store open(BucketStorage.Wire wire) throws IOException {
        Store store = new S3Store(
                new BucketStorage(bucket, wire),
                new RequestThreads(16),
                Stores.settings("log/", 8 << 20),
                Stores.context());
        store.claimWriter();
        return store;
    }

    private static void append(SegmentWriter writer) throws IOException {
        writer.appendAndSync(ByteBuffer.wrap(new byte[] {1}));
    }

    @Test
    void aWriterThatIsFasterThanTheFenceRunsIntoIt() throws IOException {
        AtomicInteger acknowledged = new AtomicInteger();
        try (Store slow = open(new Undisturbed());
                SegmentWriter writer = slow.createSegment(ID, 0)) {
            append(writer);
            // It takes two more numbers whenever the other one asks for anything.
            try (Store successor = open(new BucketStorage.Wire() {
                @Override
                public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
                    if (key.contains(ID.toString())) {
                        try {
                            append(writer);
                            append(writer);
                            acknowledged.addAndGet(2);
                        } catch (StoreFencedException e) {
                            // that is what is waited for
                        } catch (IOException e) {
                            // it has been
                        }
                    }
                    return call.get();
                }
            })) {
                successor.fenceSegment(ID);
                assertThatThrownBy(() -> append(writer)).isInstanceOf(IOException.class);
                assertThat(successor.openSegment(ID).size()).isGreaterThanOrEqualTo(1 + acknowledged.get());
            }
        }
        assertThat(acknowledged).hasValueLessThan(100);
        assertThat(bucket.keys().stream().filter(key -> bucket.bytes(key).orElseThrow().length == PART_HEADER))
                .hasSizeBetween(1, 2);
    }

    private static final class Undisturbed implements BucketStorage.Wire {
        @Override
        public <T> T carry(String kind, String key, Supplier<T> call) {
            return call.get();
        }
    }
}
