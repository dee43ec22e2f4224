package io.jwal.media;

import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.file.SimulatedDisk;
import io.jwal.store.tck.simulator.FaultPlan;
import io.jwal.store.tck.simulator.FaultedStore;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.Watermark;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The real file store on a simulated disk. Its lock keeps every second writer out. */
public final class DiskMedium implements LogMedium {
    private final FaultPlan faults = new FaultPlan();
    private UnaryOperator<StoreTraits> traits = UnaryOperator.identity();
    private SimulatedDisk disk = new SimulatedDisk();

    @Override
    public boolean can(Ability ability) {
        return ability == Ability.TEAR || ability == Ability.LOCK || ability == Ability.HURT_ONE_BYTE;
    }

    @Override
    public Store open() {
        Store store = disk.store(true);
        return new FaultedStore(store, faults, traits.apply(store.traits()));
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
        if (!locks) {
            needs(Ability.TAKE_OVER);
        }
        return this;
    }

    @Override
    public LogMedium crashOnClose(long seed) {
        throw new UnsupportedOperationException("the crash explorer does more than that");
    }

    @Override
    public void kill() {
        goOnWith(SimulatedDisk::kill);
    }

    @Override
    public void crash(long seed) {
        goOnWith(before -> before.crash(seed));
    }

    @Override
    public void crashLosingUnsynced() {
        goOnWith(before -> before.crash(0));
    }

    /** Nothing is acknowledged any more when it is asked what is left. */
    private void goOnWith(UnaryOperator<SimulatedDisk> left) {
        disk.turnOff();
        disk = left.apply(disk);
    }

    @Override
    public LogMedium crashed(long seed) {
        DiskMedium other = new DiskMedium();
        other.disk = disk.crash(seed);
        return other;
    }

    @Override
    public void flip(SegmentId id, int position, int mask) {
        disk.flip("segments/" + id + ".seg", position, mask);
    }

    @Override
    public void cut(SegmentId id, int length) {
        throw new UnsupportedOperationException("RottenLogTest cuts files");
    }

    @Override
    public void lose(SegmentId id) {
        throw new UnsupportedOperationException("MisplacedFilesTest takes files away");
    }

    @Override
    public Map<String, String> describe() {
        return disk.contents();
    }

    @Override
    public void close() {
        disk.turnOff();
    }

    @Override
    public String toString() {
        return "the file store on a simulated disk";
    }
}
