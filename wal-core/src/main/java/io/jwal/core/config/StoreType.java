package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jwal.store.StoreProvider;
import io.jwal.store.StoreSpec;
import org.jspecify.annotations.Nullable;

/** An object whose {@code type} names a provider, and whose other options are those of the provider's record. */
final class StoreType implements OptionType {
    static final String TYPE = "type";

    @Override
    public String expected() {
        return "a store, such as {\"type\": \"file\", …}";
    }

    @Override
    public @Nullable Object read(JsonNode written, Place place) {
        if (!(written instanceof ObjectNode object)) {
            place.mistake(expected(), written);
            return null;
        }
        String type = readType(object.get(TYPE), place);
        StoreProvider<?> provider = type == null ? null : find(type, place);
        if (type == null || provider == null) {
            return null;
        }
        Object config = readConfig(provider, object, place.ownedBy("the " + type + " store"));
        return config == null ? null : new StoreSpec(type, config);
    }

    private static @Nullable String readType(@Nullable JsonNode written, Place place) {
        if (written == null) {
            place.option(TYPE).mistake("missing; write " + known(place.stores()));
            return null;
        }
        return (String) new TextType().read(written, place.option(TYPE));
    }

    private static String known(StoreTypes stores) {
        return stores.names().isEmpty()
                ? "the type of a store, and add its JAR: none is on the path"
                : "one of " + Quoted.all(stores.names());
    }

    private static @Nullable StoreProvider<?> find(String type, Place place) {
        try {
            return place.stores().named(type);
        } catch (IllegalArgumentException e) {
            place.option(TYPE).mistake(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable Object readConfig(StoreProvider<?> provider, ObjectNode object, Place place) {
        RecordType record;
        try {
            record = RecordType.ofStore(provider.configType());
        } catch (IllegalArgumentException e) {
            place.mistake("the provider of " + place.owner() + ", "
                    + provider.getClass().getName() + ", is broken: " + e.getMessage());
            return null;
        }
        return record.read(Json.without(object, TYPE), place);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.store();
    }
}
