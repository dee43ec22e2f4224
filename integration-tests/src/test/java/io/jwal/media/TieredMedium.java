package io.jwal.media;

import io.jwal.store.ByteSize;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.TestContext;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.FaultPlan;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.Watermark;
import io.jwal.store.tiered.TieredStoreConfig;
import io.jwal.store.tiered.TieredStoreConfig.KeepHot;
import io.jwal.store.tiered.TieredStoreProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A hot store that archives itself, both simulated, and keeps few of the copies that the archive has. What befalls the
 * medium befalls both; faults are those of the hot store.
 */
public final class TieredMedium implements LogMedium {
    private static final KeepHot LITTLE = new KeepHot(ByteSize.ofKibibytes(6), null);

    private final CrashMedium hot = new CrashMedium();
    private final CrashMedium archive = new CrashMedium();

    private record Tier(boolean hot) {}

    @Override
    public boolean can(Ability ability) {
        return ability != Ability.LOCK;
    }

    @Override
    public Store open() {
        TieredStoreConfig config = new TieredStoreConfig(
                new StoreSpec("simulated", new Tier(true)),
                new StoreSpec("simulated", new Tier(false)),
                LITTLE,
                null,
                null,
                null,
                null,
                null,
                Duration.ofMillis(20),
                null,
                null);
        try {
            return new TieredStoreProvider().open(config, new Tiers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Tiers extends TestContext {
        @Override
        public Store open(StoreSpec spec) {
            return ((Tier) spec.config()).hot() ? hot.open() : archive.open();
        }
    }

    @Override
    public FaultPlan faults() {
        return hot.faults();
    }

    @Override
    public LogMedium traits(UnaryOperator<StoreTraits> change) {
        hot.traits(change);
        return this;
    }

    @Override
    public LogMedium watermark(Watermark kept) {
        hot.watermark(kept);
        return this;
    }

    @Override
    public LogMedium locking(boolean locks) {
        hot.locking(locks);
        return this;
    }

    @Override
    public LogMedium crashOnClose(long seed) {
        hot.crashOnClose(seed);
        archive.crashOnClose(seed + 1);
        return this;
    }

    @Override
    public void kill() {
        hot.kill();
        archive.kill();
    }

    @Override
    public void crash(long seed) {
        hot.crash(seed);
        archive.crash(seed + 1);
    }

    @Override
    public void crashLosingUnsynced() {
        hot.crashLosingUnsynced();
        archive.crashLosingUnsynced();
    }

    @Override
    public LogMedium crashed(long seed) {
        throw new UnsupportedOperationException("one of the two is asked by itself");
    }

    @Override
    public void flip(SegmentId id, int position, int mask) throws IOException {
        hot.flip(id, position, mask);
    }

    @Override
    public void cut(SegmentId id, int length) throws IOException {
        hot.cut(id, length);
    }

    @Override
    public void lose(SegmentId id) throws IOException {
        hot.lose(id);
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> both = new TreeMap<>();
        hot.describe().forEach((name, what) -> both.put("hot " + name, what));
        archive.describe().forEach((name, what) -> both.put("archive " + name, what));
        return both;
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "a simulated disk with an archive";
    }
}
