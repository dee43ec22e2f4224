package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What the values of an option look like in a file: how they are read, and how a schema describes them. */
interface OptionType {
    /**
     * Reads a value.
     *
     * @return the value, or null after a mistake was reported
     */
    @Nullable
    Object read(JsonNode written, Place place);

    /** What to write, for messages: "a size, such as 64MiB". */
    String expected();

    /** The JSON Schema of what {@link #read} takes. */
    ObjectNode schema(SchemaDefinitions definitions);

    /** Whether leaving the option out is a mistake when it is not marked optional. */
    default boolean mandatory() {
        return true;
    }

    /**
     * What an option that was left out amounts to when it is not marked optional.
     *
     * @return the value, or null after a mistake was reported
     */
    default @Nullable Object absent(Place place) {
        place.mistake("missing; write " + expected());
        return null;
    }
}
