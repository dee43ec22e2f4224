package io.jwal.store.tiered;

import io.jwal.store.StoreSpec;
import java.util.Objects;

/**
 * The options of the store of type {@code archive}, which reads the archive of a {@code tiered} store alone, wherever it
 * is: {@code "store": {"type": "archive", "of": {"type": "file", "directory": "./archive"}}}.
 *
 * @param of the store that holds the archive
 */
public record ArchiveStoreConfig(StoreSpec of) {
    /** Checks that it is there. */
    public ArchiveStoreConfig {
        Objects.requireNonNull(of, "of");
    }
}
