package io.jwal.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jwal.store.Store;
import io.jwal.store.StoreProvider;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryStoreProviderTest {
    private static final String NAME = "orders";

    private final MemoryStoreProvider provider = new MemoryStoreProvider();

    @AfterEach
    void dropTheLog() {
        MemoryMedium.drop(NAME);
    }

    @Test
    void isFoundByItsType() {
        assertThat(ServiceLoader.load(StoreProvider.class))
                .filteredOn(found -> found.type().equals("memory"))
                .singleElement()
                .isInstanceOf(MemoryStoreProvider.class);
        assertThat(provider.configType()).isEqualTo(MemoryStoreConfig.class);
    }

    @Test
    void aNamedLogOutlivesItsStore() throws IOException {
        write(NAME);

        assertThat(written(NAME)).isTrue();
    }

    @Test
    void aDroppedLogIsGone() throws IOException {
        write(NAME);

        assertThat(MemoryMedium.drop(NAME)).isTrue();
        assertThat(MemoryMedium.drop(NAME)).isFalse();
        assertThat(written(NAME)).isFalse();
    }

    @Test
    void namesAreApart() throws IOException {
        write(NAME);

        assertThat(written("invoices")).isFalse();
        MemoryMedium.drop("invoices");
    }

    @Test
    void withoutANameTheBytesArePrivate() throws IOException {
        write(null);

        assertThat(written(null)).isFalse();
    }

    @Test
    void aBlankNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryStoreConfig(" "))
                .withMessageContaining("leave the option out");
    }

    private void write(@Nullable String name) throws IOException {
        try (Store store = open(name)) {
            store.writeRegister("manifest", null, ByteBuffer.allocate(1));
        }
    }

    private boolean written(@Nullable String name) throws IOException {
        try (Store store = open(name)) {
            return store.readRegister("manifest").isPresent();
        }
    }

    private Store open(@Nullable String name) {
        return provider.open(new MemoryStoreConfig(name), new TestContext());
    }
}
