package io.jwal.core.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Any text. */
final class TextType implements ScalarType {
    @Override
    public String expected() {
        return "text";
    }

    @Override
    public boolean isQuoted() {
        return true;
    }

    @Override
    public Object parse(String text) {
        return text;
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
