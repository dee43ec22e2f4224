package io.jwal.s3.engine;

import io.jwal.s3.servers.S3Server;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.s3.S3StoreProvider;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.tck.TestContext;
import io.jwal.store.tck.simulator.FaultPlan;
import io.jwal.store.tck.simulator.FaultedStore;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.Watermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/**
 * A prefix in a bucket. A killed process asks nothing more of the server, but the requests that it has under way go on. A
 * power cut takes no more than that: what reached the server is durable.
 */
final class S3Medium implements LogMedium {
    /** A follower that a test asks looks at the store, as it does on a disk. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final TestBucket bucket;
    private final S3Server reached;
    private final Keys keys;
    private final FaultPlan faults = new FaultPlan();
    private volatile UnaryOperator<StoreTraits> traits = UnaryOperator.identity();
    private final Queue<FaultedStore> alive = new ConcurrentLinkedQueue<>();
    private final Queue<Store> made = new ConcurrentLinkedQueue<>();

    /**
     * An empty medium.
     *
     * @param bucket where it is, reached without trouble
     * @param reached how its stores reach it
     */
    S3Medium(TestBucket bucket, S3Server reached, String prefix) {
        this.bucket = bucket;
        this.reached = reached;
        this.keys = new Keys(prefix);
    }

    @Override
    public boolean can(Ability ability) {
        return ability == Ability.TAKE_OVER;
    }

    @Override
    public Store open() {
        Store store = new S3StoreProvider()
                .open(S3Configs.of(reached, bucket.name(), keys.prefix(), null), new TestContext());
        made.add(store);
        FaultedStore faulted =
                new FaultedStore(store, faults, traits.apply(store.traits().withPollInterval(AT_ONCE)));
        alive.add(faulted);
        return faulted;
    }

    @Override
    public FaultPlan faults() {
        return faults;
    }

    @Override
    public LogMedium traits(UnaryOperator<StoreTraits> change) {
        traits = change;
        return this;
    }

    @Override
    public LogMedium watermark(Watermark kept) {
        needs(Ability.WATERMARK);
        return this;
    }

    @Override
    public LogMedium locking(boolean locks) {
        needs(Ability.LOCK);
        return this;
    }

    /** Nothing is lost by it. */
    @Override
    public LogMedium crashOnClose(long seed) {
        return this;
    }

    @Override
    public void kill() {
        alive.forEach(FaultedStore::kill);
        alive.clear();
    }

    @Override
    public void crash(long seed) {
        kill();
    }

    @Override
    public void crashLosingUnsynced() {
        kill();
    }

    @Override
    public LogMedium crashed(long seed) {
        needs(Ability.TEAR);
        return this;
    }

    @Override
    public void flip(SegmentId id, int position, int mask) throws IOException {
        new StoredSegment(bucket, keys, id).flip(position, mask);
    }

    @Override
    public void cut(SegmentId id, int length) throws IOException {
        new StoredSegment(bucket, keys, id).cut(length);
    }

    @Override
    public void lose(SegmentId id) throws IOException {
        new StoredSegment(bucket, keys, id).lose();
    }

    @Override
    public Map<String, String> describe() {
        return bucket.objects(keys.prefix());
    }

    @Override
    public void close() {
        kill();
        try {
            for (Store store : made) {
                store.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a store of " + this, e);
        }
        bucket.delete(List.copyOf(describe().keySet()));
    }

    @Override
    public String toString() {
        return reached.name();
    }
}
