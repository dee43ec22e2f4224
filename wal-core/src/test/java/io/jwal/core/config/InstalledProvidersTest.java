package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.core.WalConfig;
import io.jwal.store.MetricsSink;
import io.jwal.store.StoreProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledProvidersTest {
    private final ClassLoader original = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path directory;

    @AfterEach
    void restore() {
        use(original);
    }

    @Test
    void aBrokenProviderLeavesTheOthersAlone() throws IOException {
        try (URLClassLoader loader = loaderNaming("com.example.Gone", original)) {
            use(loader);
            assertThat(InstalledProviders.find().broken())
                    .singleElement()
                    .asString()
                    .contains("com.example.Gone");
            assertThat(StoreTypes.installed().named("shelf")).isInstanceOf(ShelfProvider.class);
            assertThatThrownBy(() -> StoreTypes.installed().named("gone"))
                    .hasMessageContaining("; these could not be loaded: ")
                    .hasMessageContaining("com.example.Gone");
        }
    }

    @Test
    void aProviderSeenThroughTwoClassLoadersIsOne() throws IOException {
        URL[] places = {
            ShelfProvider.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader copies = new ShelfCopies(places, original)) {
            use(copies);
            assertThat(InstalledProviders.find().providers().stream()
                            .map(StoreProvider::type)
                            .filter("shelf"::equals))
                    .hasSize(2);
            assertThat(StoreTypes.installed().named("shelf").getClass().getClassLoader())
                    .isSameAs(copies);
        }
    }

    @Test
    void aRecordIsOpenedByItsOwnCopyOfTheProvider() throws IOException {
        URL[] places = {
            ShelfProvider.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader copies = new ShelfCopies(places, original)) {
            use(copies);
            WalConfig config = WalConfig.builder()
                    .store(new ShelfProvider.ShelfConfig("ours", 1))
                    .build();
            assertThat(config.storeType()).isEqualTo("shelf");
            StoreTypes stores = StoreTypes.installed();
            LentContext context =
                    new LentContext(stores, Clock.systemUTC(), System.getLogger("test"), MetricsSink.DISABLED, false);
            assertThat(context.open(stores.of(new ShelfProvider.ShelfConfig("ours", 1))))
                    .isInstanceOf(ShelfStore.class);
        }
    }

    @Test
    void aThreadWithoutAContextClassLoaderFindsThemToo() {
        use(null);
        assertThat(StoreTypes.installed().names()).contains("shelf");
    }

    private URLClassLoader loaderNaming(String provider, ClassLoader parent) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(StoreProvider.class.getName()), provider);
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, parent);
    }

    private static void use(@Nullable ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** An application server's loader, which has its own copy of a store that the server has too. */
    private static final class ShelfCopies extends URLClassLoader {
        ShelfCopies(URL[] places, ClassLoader parent) {
            super(places, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(ShelfProvider.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
