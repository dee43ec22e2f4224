package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stores of type {@code test}: whatever a test says that a name opens. */
public final class TestStoreProvider implements StoreProvider<TestStoreProvider.TestConfig> {
    private static final Map<String, Opener> OPENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    public record TestConfig(String name) {}

    /** Opens a store. */
    @FunctionalInterface
    interface Opener {
        Store open() throws IOException;
    }

    /** A spec that opens what an opener gives. */
    static StoreSpec spec(Opener opener) {
        String name = "store-" + NEXT.incrementAndGet();
        OPENERS.put(name, opener);
        return new StoreSpec("test", new TestConfig(name));
    }

    @Override
    public String type() {
        return "test";
    }

    @Override
    public Class<TestConfig> configType() {
        return TestConfig.class;
    }

    @Override
    public Store open(TestConfig config, StoreContext context) throws IOException {
        return OPENERS.get(config.name()).open();
    }
}
