package io.jwal.store;

import java.util.Objects;

/**
 * A store that a configuration names: its provider and the record bound for it. A component of this type in a
 * provider's record takes a nested {@code {"type": …}} object; {@link StoreContext#open(StoreSpec)} opens it.
 *
 * @param type the provider's type
 * @param config the provider's configuration record
 */
public record StoreSpec(String type, Object config) {
    /** Checks that both parts are there. */
    public StoreSpec {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(config, "config");
    }
}
