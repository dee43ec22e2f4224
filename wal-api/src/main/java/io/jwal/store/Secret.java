package io.jwal.store;

import java.util.Objects;

/** A configuration value that is never printed: its {@link #toString} is {@code ***}. Equal by value. */
public final class Secret {
    private final String value;

    /**
     * Wraps a value.
     *
     * @param value what to keep
     */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * The value itself. Never log it.
     *
     * @return the value
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
