package io.jwal.core.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jwal.store.StoreProvider;
import java.util.function.Supplier;

/** The parts of a schema that are described once and referred to from several places. */
final class SchemaDefinitions {
    private static final String SIZE = "^\\s*\\d{1,19}(\\.\\d{1,9})?\\s*([KkMmGgTt]?[Bb]|[KkMmGgTt][Ii][Bb])?\\s*$";
    private static final String DURATION = "^\\s*\\d{1,12}(\\.\\d{1,9})?\\s*(ms|s|m|h|d)\\s*$";
    private static final String ISO_DURATION =
            "^\\s*[Pp](?=.*\\d)(\\d+[Dd])?([Tt](?=\\d)(\\d+[Hh])?(\\d+[Mm])?(\\d+([.,]\\d{0,9})?[Ss])?)?\\s*$";

    private final StoreTypes stores;
    private final ObjectNode definitions = object();

    SchemaDefinitions(StoreTypes stores) {
        this.stores = stores;
    }

    ObjectNode all() {
        return definitions;
    }

    ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Any of these, or text that the environment completes: what comes out of it cannot be known here. */
    ObjectNode orPlaceholder(ObjectNode... alternatives) {
        ObjectNode schema = object();
        ArrayNode anyOf = schema.putArray("anyOf");
        for (ObjectNode alternative : alternatives) {
            anyOf.add(alternative);
        }
        anyOf.add(defined("placeholder", () -> object().put("type", "string").put("pattern", Placeholders.PATTERN)));
        return schema;
    }

    ObjectNode size() {
        return defined(
                "size", () -> orPlaceholder(object().put("type", "integer").put("minimum", 0), text(SIZE)));
    }

    ObjectNode duration() {
        return defined("duration", () -> orPlaceholder(text(DURATION), text(ISO_DURATION)));
    }

    private ObjectNode text(String pattern) {
        return object().put("type", "string").put("pattern", pattern);
    }

    /** A store of any type on the path; each type's options have a definition of their own. */
    ObjectNode store() {
        return defined("store", () -> {
            ObjectNode schema = object().put("type", "object");
            schema.putArray("required").add(StoreType.TYPE);
            ObjectNode types = object();
            ArrayNode names = types.putArray("enum");
            schema.putObject("properties").set(StoreType.TYPE, orPlaceholder(types));
            ArrayNode cases = schema.putArray("allOf");
            for (String name : stores.names()) {
                names.add(name);
                ObjectNode one = cases.addObject();
                ObjectNode condition = one.putObject("if");
                condition.putObject("properties").putObject(StoreType.TYPE).put("const", name);
                condition.putArray("required").add(StoreType.TYPE);
                one.set("then", defined("store-" + name, () -> options(name)));
            }
            return schema;
        });
    }

    private ObjectNode options(String type) {
        StoreProvider<?> provider = stores.named(type);
        ObjectNode schema = RecordType.ofStore(provider.configType()).schema(this);
        schema.withObjectProperty("properties").putObject(StoreType.TYPE).put("const", type);
        return schema;
    }

    ObjectNode explained(ObjectNode schema, About about) {
        String byDefault = about.byDefault();
        schema.put("description", byDefault.isEmpty() ? about.value() : about.value() + " Default: " + byDefault + ".");
        return schema;
    }

    private ObjectNode defined(String name, Supplier<ObjectNode> schema) {
        if (!definitions.has(name)) {
            // Set before it is described: a store may contain stores.
            definitions.set(name, object());
            definitions.set(name, schema.get());
        }
        return object().put("$ref", "#/$defs/" + name);
    }
}
