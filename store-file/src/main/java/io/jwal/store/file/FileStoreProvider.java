package io.jwal.store.file;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;

/** Makes stores of type {@code file}. Found by {@link java.util.ServiceLoader}; nobody need name it. */
public final class FileStoreProvider implements StoreProvider<FileStoreConfig> {
    /** For {@link java.util.ServiceLoader}. */
    public FileStoreProvider() {}

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Class<FileStoreConfig> configType() {
        return FileStoreConfig.class;
    }

    @Override
    public Store open(FileStoreConfig config, StoreContext context) {
        return new FileStore(new RealDisk(config), config.preallocates(), context.logger());
    }
}
