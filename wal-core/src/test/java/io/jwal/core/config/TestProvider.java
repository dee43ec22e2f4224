package io.jwal.core.config;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import java.io.IOException;

/** A provider of one type with one record, that opens nothing. */
record TestProvider<C>(String type, Class<C> configType) implements StoreProvider<C> {
    @Override
    public Store open(C config, StoreContext context) throws IOException {
        throw new IOException("nothing to open for " + config);
    }
}
