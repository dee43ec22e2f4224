package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jwal.ConfigException;
import io.jwal.store.StoreProvider;
import io.jwal.store.StoreSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the options of a record that a test brings, as a store of type {@code test}. */
final class Reading {
    private final Map<String, String> environment = new HashMap<>();
    private final StoreTypes stores;

    private Reading(StoreTypes stores) {
        this.stores = stores;
    }

    static Reading of(Class<? extends Record> record, StoreProvider<?>... others) {
        return new Reading(StoreTypes.of(
                Stream.<StoreProvider<?>>concat(Stream.of(new TestProvider<>("test", record)), Stream.of(others))
                        .toList()));
    }

    Reading with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What the store's options become. Single quotes save escaping. */
    Object read(String options) {
        Mistakes mistakes = new Mistakes("wal.json");
        ObjectNode tree = JsonTree.of(options.replace('\'', '"'), mistakes);
        tree.put("type", "test");
        Place store = new Place("store", "", new Placeholders(environment::get), stores, mistakes);
        Object spec = new StoreType().read(tree, store);
        mistakes.throwIfAny();
        return ((StoreSpec) spec).config();
    }

    List<String> mistakes(String options) {
        return refusal(options).problems().stream()
                .map(ConfigException.Problem::toString)
                .toList();
    }

    ConfigException refusal(String options) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> read(options));
        assertThat(refusal).as("refusal of " + options).isNotNull();
        return refusal;
    }
}
