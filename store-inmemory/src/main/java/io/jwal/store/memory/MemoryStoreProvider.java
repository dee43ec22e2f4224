package io.jwal.store.memory;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;

/** Makes stores of type {@code memory}. Found by {@link java.util.ServiceLoader}; safe for many threads. */
public final class MemoryStoreProvider implements StoreProvider<MemoryStoreConfig> {
    /** Made by {@link java.util.ServiceLoader}. */
    public MemoryStoreProvider() {}

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Class<MemoryStoreConfig> configType() {
        return MemoryStoreConfig.class;
    }

    @Override
    public Store open(MemoryStoreConfig config, StoreContext context) {
        String name = config.name();
        return name == null ? MemoryStore.create() : MemoryMedium.named(name).open();
    }
}
