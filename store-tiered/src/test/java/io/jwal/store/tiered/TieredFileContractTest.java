package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.file.FileStoreProvider;
import io.jwal.store.memory.MemoryMedium;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TieredFileContractTest extends StoreContractTest {
    @TempDir
    private Path directory;

    private final MemoryMedium archive = new MemoryMedium();

    @Override
    protected Store open() throws IOException {
        FileStoreConfig hot = new FileStoreConfig(directory.resolve("hot"));
        TestContext context = new TestContext();
        TieredStoreConfig config = TieredStoreConfig.of(
                new StoreSpec("file", hot), new StoreSpec("memory", new MemoryStoreConfig("archive")));
        return new TieredStore(
                new FileStoreProvider().open(hot, context),
                new Pieces(archive.open(), Codings.of(config)),
                config,
                context);
    }
}
