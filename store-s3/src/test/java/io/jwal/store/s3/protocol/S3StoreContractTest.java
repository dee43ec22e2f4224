package io.jwal.store.s3.protocol;

import io.jwal.store.Store;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** The contract on a modelled bucket. */
class S3StoreContractTest extends StoreContractTest {
    private static final String FOREIGN = "log/segments/0000000000000001-00000001/notes.txt";

    private final Bucket bucket = new Bucket();
    private final NextFails wire = new NextFails();

    @Override
    protected Store open() {
        // Nothing is kept, so that every read is a request.
        ObjectStorage storage = new BucketStorage(bucket, wire);
        return new S3Store(storage, new RequestThreads(16), Stores.settings("log/", 0), Stores.context());
    }

    @Override
    protected void failNext(StoreOperation operation) {
        wire.arm(operation);
    }

    @Override
    protected Object snapshot() {
        return bucket.snapshot();
    }

    @Override
    protected Callable<Boolean> plantForeignThing() {
        byte[] content = {1, 2, 3};
        bucket.plant(FOREIGN, content);
        return () ->
                bucket.bytes(FOREIGN).filter(now -> Arrays.equals(now, content)).isPresent();
    }

    @Override
    protected int manySegments() {
        return 1_100;
    }

    /** Fails the next request of a kind, as if the endpoint were down. */
    private static final class NextFails implements BucketStorage.Wire {
        private volatile String failing = "";

        void arm(StoreOperation operation) {
            failing = switch (operation) {
                case SYNC, SEAL, WRITE_REGISTER, CLAIM, FENCE -> "PUT";
                case READ, OPEN, READ_REGISTER, SIZE -> "GET";
                case CREATE, LIST -> "LIST";
                case DELETE -> "DELETE";
                case APPEND -> throw new TestAbortedException("an append is in memory until the next sync");
                default -> throw new IllegalArgumentException("no request belongs to " + operation);
            };
        }

        @Override
        public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
            if (kind.equals(failing)) {
                failing = "";
                throw new IOException("the endpoint is down");
            }
            return call.get();
        }
    }
}
