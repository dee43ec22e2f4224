package io.jwal.core.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes to trees that leave the original alone. */
final class Json {
    private Json() {}

    static ObjectNode without(ObjectNode object, String name) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        copy.remove(name);
        return copy;
    }
}
