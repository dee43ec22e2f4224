package io.jwal.store.tiered;

import io.jwal.store.StoreSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of the store of type {@code archive}, which reads the archive of a {@code tiered} store alone, wherever it
 * is: {@code "store": {"type": "archive", "of": {"type": "file", "directory": "./archive"}}}.
 *
 * @param of the store that holds the archive
 * @param keys the keys of copies that are encrypted; none by default
 */
public record ArchiveStoreConfig(StoreSpec of, @Nullable List<ArchiveKey> keys) {
    /**
     * Fills in the default and checks.
     *
     * @throws IllegalArgumentException if two keys have the same id
     */
    public ArchiveStoreConfig {
        Objects.requireNonNull(of, "of");
        keys = keys == null ? List.of() : List.copyOf(keys);
        ArchiveEncryption.checkIds(keys);
    }
}
