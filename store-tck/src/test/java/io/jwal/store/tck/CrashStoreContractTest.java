package io.jwal.store.tck;

import io.jwal.store.Store;
import io.jwal.store.tck.broken.ForwardingStore;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** The crashing store keeps the contract itself, and shows the contract's tests with every hook in use. */
public class CrashStoreContractTest extends StoreContractTest {
    /** Where the stores of this test live. */
    protected final CrashMedium medium = new CrashMedium();

    /** Readers and writers that are open. */
    protected final AtomicLong handles = new AtomicLong();

    /** Whether the foreign thing was planted and is still there. */
    protected boolean foreignThing;

    @Override
    protected Store open() throws IOException {
        return ForwardingStore.counting(medium.open(), handles);
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
        foreignThing = true;
        return () -> foreignThing;
    }

    @Override
    protected long openHandles() {
        return handles.get();
    }
}
