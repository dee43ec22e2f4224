package io.jwal.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the JSON Schema of configuration files, from the same records that they are read into. */
public final class ConfigSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private ConfigSchema() {}

    /**
     * The schema.
     *
     * @param options the record that describes the options
     * @param stores the types of store that a configuration may name
     * @return the text, with {@code \n} for line ends on every system
     */
    public static String of(Class<? extends Record> options, StoreTypes stores) {
        SchemaDefinitions definitions = new SchemaDefinitions(stores);
        ObjectNode described = RecordType.ofLog(options).schema(definitions);
        described
                .withObjectProperty("properties")
                .putObject(ConfigReader.SCHEMA)
                .put("type", "string")
                .put("description", "Where editors find this schema; it means nothing to the log.");
        ObjectNode schema = definitions.object().put("$schema", DIALECT).put("title", "Configuration of a JWal log");
        schema.setAll(described);
        schema.set("$defs", definitions.all());
        return print(schema);
    }

    private static String print(ObjectNode schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
