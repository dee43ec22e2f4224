package io.jwal.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that a schema knows: {@code segment.size} of the log, {@code directory} of a store. */
final class SchemaOptions {
    private static final Set<String> NO_OPTIONS = Set.of("$schema", "type");

    private final List<String> names = new ArrayList<>();

    static List<String> of(String schema) throws JsonProcessingException {
        SchemaOptions options = new SchemaOptions();
        JsonNode root = new JsonMapper().readTree(schema);
        options.add("", root);
        for (Map.Entry<String, JsonNode> definition : root.get("$defs").properties()) {
            if (definition.getKey().startsWith("store-")) {
                options.add("", definition.getValue());
            }
        }
        return options.names;
    }

    private void add(String prefix, JsonNode group) {
        for (Map.Entry<String, JsonNode> option : group.get("properties").properties()) {
            if (option.getValue().has("properties")) {
                add(prefix + option.getKey() + ".", option.getValue());
            } else if (!NO_OPTIONS.contains(option.getKey())) {
                names.add(prefix + option.getKey());
            }
        }
    }
}
