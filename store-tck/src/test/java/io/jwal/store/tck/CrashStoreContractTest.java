package io.jwal.store.tck;

import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.util.concurrent.Callable;

/** The crashing store keeps the contract itself, and shows the contract's tests with every hook in use. */
class CrashStoreContractTest extends StoreContractTest {
    final CrashMedium medium = new CrashMedium();

    @Override
    protected Store open() {
        return medium.open();
    }

    @Override
    protected void crash() {
        medium.crashLosingUnsynced();
    }

    @Override
    protected void failNext(StoreOperation operation) {
        medium.faults().fail(operation, 1, Fault.ioError());
    }

    @Override
    protected Object snapshot() {
        return medium.describe();
    }

    @Override
    protected Callable<Boolean> plantForeignThing() {
        return () -> true;
    }

    @Override
    protected long openHandles() {
        return 0;
    }
}
