package io.jwal.store.tck;

import io.jwal.store.Store;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.FaultPlan;
import io.jwal.store.tck.simulator.FaultedStore;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;

/** A store that goes through a plan keeps the contract as the one behind it does. */
class FaultedStoreContractTest extends CrashStoreContractTest {
    private final FaultPlan faults = new FaultPlan();

    @Override
    protected Store open() throws IOException {
        Store sound = super.open();
        return new FaultedStore(sound, faults, sound.traits());
    }

    @Override
    protected void failNext(StoreOperation operation) {
        faults.fail(operation, 1, Fault.ioError());
    }
}
