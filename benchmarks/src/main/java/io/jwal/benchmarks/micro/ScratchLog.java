package io.jwal.benchmarks.micro;

import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.memory.MemoryStoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A log that syncs nothing by itself, and is gone when it is closed. */
record ScratchLog(Path directory, Wal wal) implements AutoCloseable {
    /** Of a store of that type, "file" or "memory". */
    static ScratchLog open(String store) throws IOException {
        Path directory = Files.createTempDirectory("jwal-micro");
        Object config =
                store.equals("file") ? new FileStoreConfig(directory.resolve("log")) : new MemoryStoreConfig(null);
        Wal wal = JWal.open(
                WalConfig.builder().store(config).durability(Durability.NONE).build());
        return new ScratchLog(directory, wal);
    }

    @Override
    public void close() throws IOException {
        wal.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
