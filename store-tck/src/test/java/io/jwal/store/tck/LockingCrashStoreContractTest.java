package io.jwal.store.tck;

import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.Watermark;

/** The same for a medium that locks, takes several syncs at once, and crashes by chance. */
class LockingCrashStoreContractTest extends CrashStoreContractTest {
    private static final int SEED = 42;

    LockingCrashStoreContractTest() {
        medium.locking(true).watermark(Watermark.ANY).traits(StoreTraits.remoteDefaults());
    }

    @Override
    protected void crash() {
        medium.crash(SEED);
    }
}
