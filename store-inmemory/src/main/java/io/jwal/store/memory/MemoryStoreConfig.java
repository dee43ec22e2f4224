package io.jwal.store.memory;

import org.jspecify.annotations.Nullable;

/**
 * The options of the store of type {@code memory}.
 *
 * @param name with a name the bytes outlive {@code close} within the process: whoever opens the same name finds the same
 *     log, until {@link MemoryMedium#drop} lets it go. Without one they are private to the opener and gone when it
 *     closes.
 */
public record MemoryStoreConfig(@Nullable String name) {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public MemoryStoreConfig {
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException(
                    "name is blank; give the log a name to find it by, or leave the option out for a private log");
        }
    }
}
