package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import io.jwal.store.tiered.blocks.Codec;
import java.io.IOException;
import java.util.Objects;

/** Makes stores of type {@code archive}. Found by {@link java.util.ServiceLoader}; safe for many threads. */
public final class ArchiveStoreProvider implements StoreProvider<ArchiveStoreConfig> {
    /** Made by {@link java.util.ServiceLoader}. */
    public ArchiveStoreProvider() {}

    @Override
    public String type() {
        return "archive";
    }

    @Override
    public Class<ArchiveStoreConfig> configType() {
        return ArchiveStoreConfig.class;
    }

    @Override
    public Store open(ArchiveStoreConfig config, StoreContext context) throws IOException {
        Codec codec = ConfiguredCodec.reading(Objects.requireNonNull(config.keys()), "store.keys");
        return new ArchiveStore(new Pieces(context.open(config.of()), codec));
    }
}
