package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.memory.MemoryMedium;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.tck.StoreContractTest;

class TieredMemoryContractTest extends StoreContractTest {
    private static final TieredStoreConfig CONFIG = TieredStoreConfig.of(
            new StoreSpec("memory", new MemoryStoreConfig("hot")),
            new StoreSpec("memory", new MemoryStoreConfig("archive")));

    private final MemoryMedium hot = new MemoryMedium();
    private final MemoryMedium archive = new MemoryMedium();

    @Override
    protected Store open() {
        return new TieredStore(hot.open(), archive.open(), CONFIG, new PlainContext(false));
    }
}
