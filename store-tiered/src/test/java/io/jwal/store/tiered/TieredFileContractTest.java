package io.jwal.store.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.file.FileStoreProvider;
import io.jwal.store.memory.MemoryMedium;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
                new Pieces(archive.open(), ConfiguredCodec.of(config)),
                config,
                context);
    }

    /** The contract lets a store have nothing mapped; a hot copy in a file is. */
    @Test
    void hotCopiesAreReadFromMappedMemory() throws IOException {
        SegmentId id = new SegmentId(1, 1);
        byte[] content = new byte[10_000];
        try (Store store = open()) {
            store.claimWriter();
            try (SegmentWriter writer = store.createSegment(id, content.length)) {
                writer.append(ByteBuffer.wrap(content));
                writer.sync();
                writer.seal();
            }
            try (SegmentReader reader = store.openSegment(id)) {
                assertThat(reader.mapped()).isEqualTo(ByteBuffer.wrap(content));
            }
        }
    }
}
