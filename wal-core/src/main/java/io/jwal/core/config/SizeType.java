package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jwal.store.ByteSize;

/** A number of bytes, with a unit or plain. */
final class SizeType implements ScalarType {
    @Override
    public String expected() {
        return "a size, such as 64MiB";
    }

    @Override
    public boolean isQuoted() {
        return true;
    }

    @Override
    public boolean takes(JsonNode unquoted) {
        return unquoted.isIntegralNumber();
    }

    @Override
    public Object parse(String text) {
        return ByteSize.parse(text);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.size();
    }
}
