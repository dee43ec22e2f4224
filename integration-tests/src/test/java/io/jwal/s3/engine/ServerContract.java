package io.jwal.s3.engine;

import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultProxy;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.S3Operation;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.ByteSize;
import io.jwal.store.Store;
import io.jwal.store.s3.S3StoreProvider;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.TestContext;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.opentest4j.TestAbortedException;

/** The contract of a store, kept by stores that are opened as an application would. */
abstract class ServerContract extends StoreContractTest {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final Place place;
    private final String prefix = PREFIXES.incrementAndGet() + "/";

    /** Where the tests of a class have their prefixes: a bucket, and before it a proxy whose requests can be made to fail. */
    record Place(FaultProxy proxy, TestBucket bucket) implements AutoCloseable {
        static Place on(S3Server server) throws IOException {
            FaultProxy proxy = FaultProxy.before(server);
            return new Place(proxy, new TestBucket(server));
        }

        @Override
        public void close() {
            bucket.close();
            proxy.close();
        }
    }

    ServerContract(Place place) {
        this.place = place;
    }

    /** Six threads that race for a register on a server of another process took nine seconds, and more beside other tests. */
    @Override
    protected Duration patience() {
        return Duration.ofMinutes(4);
    }

    /** Nothing is kept, so that every read is a request. */
    @Override
    protected Store open() {
        return new S3StoreProvider()
                .open(
                        S3Configs.of(place.proxy(), place.bucket().name(), prefix, ByteSize.ofBytes(0)),
                        new TestContext());
    }

    @Override
    protected void failNext(StoreOperation operation) {
        place.proxy().faults().add(rule(operation), Fault.answer(403, "AccessDenied"));
    }

    private static FaultRule rule(StoreOperation operation) {
        return switch (operation) {
            case SYNC, FENCE -> FaultRule.on(S3Operation.PUT).key(".*\\.part");
            case SEAL -> FaultRule.on(S3Operation.PUT).key(".*\\.seg");
            case WRITE_REGISTER -> FaultRule.on(S3Operation.PUT).key(".*registers/.*");
            case CLAIM -> FaultRule.on(S3Operation.PUT).key(".*probe/.*");
            case READ, OPEN, READ_REGISTER, SIZE -> FaultRule.on(S3Operation.GET);
            case CREATE, LIST -> FaultRule.on(S3Operation.LIST);
            case DELETE -> FaultRule.on(S3Operation.DELETE, S3Operation.DELETE_MANY);
            case APPEND -> throw new TestAbortedException("an append is in memory until the next sync");
            default -> throw new IllegalArgumentException("no request belongs to " + operation);
        };
    }

    @Override
    protected Object snapshot() {
        return place.bucket().objects(prefix);
    }

    @Override
    protected Callable<Boolean> plantForeignThing() {
        String key = prefix + "segments/0000000000000001-00000001/notes.txt";
        byte[] content = {1, 2, 3};
        place.bucket().put(key, content);
        return () -> place.bucket()
                .get(key)
                .filter(now -> Arrays.equals(now, content))
                .isPresent();
    }

    @AfterEach
    void empty() {
        place.proxy().faults().clear();
        place.bucket().delete(List.copyOf(place.bucket().objects(prefix).keySet()));
    }
}
