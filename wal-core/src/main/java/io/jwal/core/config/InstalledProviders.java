package io.jwal.core.config;

import io.jwal.store.StoreProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The providers that the service loader finds.
 *
 * @param providers those that work, each class once
 * @param broken what became of the others: a broken store must not keep a log from using another one
 */
record InstalledProviders(List<StoreProvider<?>> providers, List<String> broken) {
    /** Ends the search in a loader whose iterator fails for ever. */
    private static final int MOST_FAILURES = 100;

    /**
     * Looks where the application looks and where we come from: in an application server these are two class loaders.
     */
    static InstalledProviders find() {
        InstalledProviders found = new InstalledProviders(new ArrayList<>(), new ArrayList<>());
        found.add(Thread.currentThread().getContextClassLoader());
        found.add(StoreProvider.class.getClassLoader());
        found.add(InstalledProviders.class.getClassLoader());
        return found;
    }

    private void add(ClassLoader loader) {
        @SuppressWarnings("rawtypes")
        Iterator<StoreProvider> candidates =
                ServiceLoader.load(StoreProvider.class, loader).iterator();
        for (int failures = 0; failures < MOST_FAILURES; ) {
            try {
                if (!candidates.hasNext()) {
                    return;
                }
                add(candidates.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                addBroken(String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(StoreProvider<?> provider) {
        if (providers.stream().noneMatch(known -> known.getClass() == provider.getClass())) {
            providers.add(provider);
        }
    }

    private void addBroken(String reason) {
        if (!broken.contains(reason)) {
            broken.add(reason);
        }
    }
}
