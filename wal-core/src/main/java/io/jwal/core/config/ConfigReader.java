package io.jwal.core.config;

import static java.util.Objects.requireNonNull;

import io.jwal.ConfigException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the text of a configuration into the record that describes its options. */
public final class ConfigReader {
    /** What editors look for to find the schema; it means nothing to us. */
    static final String SCHEMA = "$schema";

    private final UnaryOperator<@Nullable String> environment;
    private final StoreTypes stores;

    /**
     * Makes a reader.
     *
     * @param environment gives the value of a variable, or null
     * @param stores the types of store that the text may name
     */
    public ConfigReader(UnaryOperator<@Nullable String> environment, StoreTypes stores) {
        this.environment = environment;
        this.stores = stores;
    }

    /**
     * Reads.
     *
     * @param json the text
     * @param options a record that takes null for everything but groups; what could not be read is null
     * @param mistakes where they are gathered
     * @param <R> the record
     * @return the options
     * @throws ConfigException if the text is no JSON object
     */
    public <R extends Record> R read(String json, Class<R> options, Mistakes mistakes) {
        Place root = new Place("", "", new Placeholders(environment), stores, mistakes);
        Object read = RecordType.ofLog(options).read(Json.without(JsonTree.of(json, mistakes), SCHEMA), root);
        // The log's own records have no constructor that could refuse.
        return requireNonNull(options.cast(read));
    }
}
