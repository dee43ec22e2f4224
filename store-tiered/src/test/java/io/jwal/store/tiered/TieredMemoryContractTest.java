package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.memory.MemoryMedium;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.TestContext;
import java.io.IOException;

/** With an archive whose copies are compressed and encrypted. */
class TieredMemoryContractTest extends StoreContractTest {
    private static final TieredStoreConfig CONFIG = new TieredStoreConfig(
            new StoreSpec("memory", new MemoryStoreConfig("hot")),
            new StoreSpec("memory", new MemoryStoreConfig("archive")),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            ArchiveCompression.AUTO,
            Machine.keys("a", "a"));

    private final MemoryMedium hot = new MemoryMedium();
    private final MemoryMedium archive = new MemoryMedium();

    @Override
    protected Store open() throws IOException {
        return new TieredStore(
                hot.open(), new Pieces(archive.open(), ConfiguredCodec.of(CONFIG)), CONFIG, new TestContext());
    }
}
