package io.jwal.s3.engine;

import io.jwal.s3.servers.RealS3;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.file.FileStoreProvider;
import io.jwal.store.s3.S3StoreConfig;
import io.jwal.store.s3.S3StoreProvider;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.TestContext;
import io.jwal.store.tiered.TieredStoreConfig;
import io.jwal.store.tiered.TieredStoreProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a store, kept by a directory that archives itself to a bucket. */
class TieredOnS3ContractTest extends StoreContractTest {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static TestBucket bucket;

    @TempDir
    private Path directory;

    private final String prefix = "tiered/" + PREFIXES.incrementAndGet() + "/";

    @BeforeAll
    static void start() {
        bucket = new TestBucket(RealS3.server());
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    @Override
    protected Store open() throws IOException {
        StoreSpec hot = new StoreSpec("file", new FileStoreConfig(directory.resolve("hot")));
        StoreSpec archive = new StoreSpec("s3", S3Configs.of(bucket.server(), bucket.name(), prefix, null));
        return new TieredStoreProvider().open(TieredStoreConfig.of(hot, archive), new NestingContext());
    }

    /** Opens the two stores that are one. */
    private static final class NestingContext extends TestContext {
        @Override
        public Store open(StoreSpec spec) throws IOException {
            return spec.config() instanceof FileStoreConfig directory
                    ? new FileStoreProvider().open(directory, this)
                    : new S3StoreProvider().open((S3StoreConfig) spec.config(), this);
        }
    }
}
