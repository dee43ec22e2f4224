package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A span of time, always with its unit. */
final class DurationType implements ScalarType {
    @Override
    public String expected() {
        return "a duration, such as 100ms";
    }

    @Override
    public boolean isQuoted() {
        return true;
    }

    /** A plain number is taken only to say what it lacks. */
    @Override
    public boolean takes(JsonNode unquoted) {
        return unquoted.isNumber();
    }

    @Override
    public Object parse(String text) {
        return DurationText.parse(text);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.duration();
    }
}
