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
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Blocks that are fetched before anybody needs them. */
class ReadAheadTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 5;

    private final Bucket bucket = new Bucket();
    private final OneFails wire = new OneFails();

    /** One thread, so that requests are sent in the order in which they are asked for. */
    private Store open() {
        return new S3Store(
                new BucketStorage(bucket, wire), new RequestThreads(1), Stores.settings("log/", 0), Stores.context());
    }

    private static byte valueOf(int block) {
        return (byte) (block + 1);
    }

    private void write() throws IOException {
        write(ID);
    }

    private void write(SegmentId id) throws IOException {
        try (Store store = open()) {
            store.claimWriter();
            try (SegmentWriter writer = store.createSegment(id, 0)) {
                for (int block = 0; block < BLOCKS; block++) {
                    ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
                    while (bytes.hasRemaining()) {
                        bytes.put(valueOf(block));
                    }
                    writer.appendAndSync(bytes.flip());
                }
                writer.seal();
            }
        }
    }

    private static void assertBlock(SegmentReader reader, int block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        assertThat(reader.read((long) block * BLOCK, bytes)).isEqualTo(BLOCK);
        assertThat(bytes.array()).containsOnly(valueOf(block));
    }

    @Test
    void oneThatWasFetchedInVainIsAskedForAgainWhenItIsNeeded() throws IOException {
        write();
        try (Store store = open();
                SegmentReader reader = store.openSegment(ID)) {
            assertBlock(reader, 0);
            wire.failNext(); // of the two behind the next one, the nearer
            assertBlock(reader, 1);
            assertThat(wire.hasFailed()).isTrue();
            for (int block = 2; block < BLOCKS; block++) {
                assertBlock(reader, block);
            }
        }
    }

    @Test
    void noneIsFetchedTwice() throws IOException {
        write();
        try (Store store = open();
                SegmentReader reader = store.openSegment(ID)) {
            long before = wire.gets();
            for (int block = 0; block < BLOCKS; block++) {
                assertBlock(reader, block);
            }
            assertThat(wire.gets() - before).isEqualTo(BLOCKS);
        }
    }

    @Test
    void oneThatIsHereWhenItIsNeededCountsAsAHit() throws IOException {
        write();
        try (Store store = open();
                SegmentReader reader = store.openSegment(ID)) {
            assertBlock(reader, 0);
            assertBlock(reader, 0);
            assertThat(store.counters()).containsEntry("cache.misses", 1L).containsEntry("cache.hits", 1L);
            for (int block = 0; block < BLOCKS; block++) { // those behind the second are fetched ahead of it
                assertBlock(reader, block);
            }
            assertThat(store.counters()).containsEntry("cache.misses", 2L).containsEntry("cache.hits", 5L);
        }
    }

    /** Each reader kept the blocks that it had used last: a thousand open segments were gigabytes. */
    @Test
    void whatWasReadIsLetGoThoughItsReaderStaysOpen() throws IOException {
        SegmentId other = new SegmentId(1, 2);
        SegmentId another = new SegmentId(1, 3);
        write();
        write(other);
        write(another);
        try (Store store = open();
                SegmentReader first = store.openSegment(ID);
                SegmentReader second = store.openSegment(other);
                SegmentReader third = store.openSegment(another)) {
            for (SegmentReader reader : List.of(first, second, third)) {
                for (int block = 0; block < BLOCKS; block++) {
                    assertBlock(reader, block);
                }
            }
            long before = wire.gets();
            assertBlock(first, 0);
            assertThat(wire.gets() - before).isPositive();
        }
    }

    /** Fails a request for bytes, as if the endpoint were down for a moment. */
    private static final class OneFails implements BucketStorage.Wire {
        private volatile boolean failing;
        private volatile boolean failed;
        private volatile long gets;

        void failNext() {
            failing = true;
        }

        boolean hasFailed() {
            return failed;
        }

        long gets() {
            return gets;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // by the one thread of the store
        public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
            if (kind.equals("GET")) {
                gets++;
                if (failing) {
                    failing = false;
                    failed = true;
                    throw new IOException("the endpoint is down");
                }
            }
            return call.get();
        }
    }
}
