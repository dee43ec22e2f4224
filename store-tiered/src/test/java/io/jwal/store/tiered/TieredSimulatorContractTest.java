package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.TestContext;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.util.List;

/** The contract with all its faults and crashes, on a hot store and an archive that can have them. */
class TieredSimulatorContractTest extends StoreContractTest {
    private static final TieredStoreConfig CONFIG = TieredStoreConfig.of(
            new StoreSpec("memory", new MemoryStoreConfig("hot")),
            new StoreSpec("memory", new MemoryStoreConfig("archive")));

    private final CrashMedium hot = new CrashMedium();
    private final CrashMedium archive = new CrashMedium();

    @Override
    protected Store open() throws IOException {
        return new TieredStore(
                hot.open(), new Pieces(archive.open(), ConfiguredCodec.of(CONFIG)), CONFIG, new TestContext());
    }

    @Override
    protected void crash() {
        hot.crashLosingUnsynced();
        archive.crashLosingUnsynced();
    }

    @Override
    protected void failNext(StoreOperation operation) {
        hot.faults().fail(operation, 1, Fault.ioError());
    }

    @Override
    protected Object snapshot() {
        return List.of(hot.describe(), archive.describe());
    }
}
