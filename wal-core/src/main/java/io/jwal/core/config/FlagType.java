package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** True or false. */
final class FlagType implements ScalarType {
    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public boolean isQuoted() {
        return false;
    }

    @Override
    public boolean takes(JsonNode unquoted) {
        return unquoted.isBoolean();
    }

    @Override
    public Object parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(Quoted.text(text) + " is neither true nor false");
        };
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.orPlaceholder(definitions.object().put("type", "boolean"));
    }
}
