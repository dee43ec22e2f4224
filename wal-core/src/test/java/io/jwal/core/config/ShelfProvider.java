package io.jwal.core.config;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import org.jspecify.annotations.Nullable;

/** What somebody else's store brings along; {@code META-INF/services} names it. */
public final class ShelfProvider implements StoreProvider<ShelfProvider.ShelfConfig> {
    public record ShelfConfig(String label, @Nullable Integer boards) {
        public ShelfConfig {
            boards = boards == null ? 3 : boards;
            if (boards < 1) {
                throw new IllegalArgumentException("boards is at least 1, but got " + boards);
            }
        }
    }

    @Override
    public String type() {
        return "shelf";
    }

    @Override
    public Class<ShelfConfig> configType() {
        return ShelfConfig.class;
    }

    @Override
    public Store open(ShelfConfig config, StoreContext context) {
        return new ShelfStore(config, context);
    }
}
