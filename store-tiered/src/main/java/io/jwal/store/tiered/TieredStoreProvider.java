package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import io.jwal.store.tiered.blocks.Codec;
import java.io.IOException;

/** Makes stores of type {@code tiered}. Found by {@link java.util.ServiceLoader}; safe for many threads. */
public final class TieredStoreProvider implements StoreProvider<TieredStoreConfig> {
    /** Made by {@link java.util.ServiceLoader}. */
    public TieredStoreProvider() {}

    @Override
    public String type() {
        return "tiered";
    }

    @Override
    public Class<TieredStoreConfig> configType() {
        return TieredStoreConfig.class;
    }

    @Override
    public Store open(TieredStoreConfig config, StoreContext context) throws IOException {
        Codec codec = ConfiguredCodec.of(config); // first, for it may fail
        Store hot = context.open(config.hot());
        try {
            return new TieredStore(hot, new Pieces(context.open(config.archive()), codec), config, context);
        } catch (IOException | RuntimeException e) {
            try (hot) {
                throw e;
            }
        }
    }
}
