package com.example.store;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;

/** Makes stores of type {@code folder}. Found by {@link java.util.ServiceLoader}. */
public final class FolderStoreProvider implements StoreProvider<FolderStoreConfig> {
    /** Made by {@link java.util.ServiceLoader}. */
    public FolderStoreProvider() {}

    @Override
    public String type() {
        return "folder";
    }

    @Override
    public Class<FolderStoreConfig> configType() {
        return FolderStoreConfig.class;
    }

    @Override
    public Store open(FolderStoreConfig config, StoreContext context) {
        return new FolderStore(config.folder(), Probe.NONE); // touches nothing yet (rule 9)
    }
}
