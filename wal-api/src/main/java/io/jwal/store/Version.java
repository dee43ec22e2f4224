package io.jwal.store;

import java.util.Objects;

/**
 * Tells one value of a register from every other value it ever had. Only the store that made it understands it; two
 * writes never have the same version, even when they wrote the same content.
 *
 * @param token the store's own text, such as an entity tag or a counter
 */
public record Version(String token) {
    /** Checks that there is a token. */
    public Version {
        Objects.requireNonNull(token, "token");
    }
}
