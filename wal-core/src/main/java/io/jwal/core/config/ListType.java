package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several values of one type. */
final class ListType implements OptionType {
    private final OptionType element;

    ListType(OptionType element) {
        this.element = element;
    }

    @Override
    public String expected() {
        return "a list, such as [ ]";
    }

    @Override
    public @Nullable Object read(JsonNode written, Place place) {
        if (!(written instanceof ArrayNode items)) {
            place.mistake(expected(), written);
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            Object value = element.read(items.get(index), place.item(index));
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == items.size() ? List.copyOf(values) : null;
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.object().put("type", "array").set("items", element.schema(definitions));
    }
}
