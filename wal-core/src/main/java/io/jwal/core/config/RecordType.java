package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object whose options are the components of a Java record. */
final class RecordType implements OptionType {
    private final RecordMaker maker;
    private final Map<String, Option> options = new LinkedHashMap<>();

    /** Whether the record describes the log itself: then it is made with what could be read, to be checked further. */
    private final boolean ours;

    private RecordType(Class<?> type, Set<Class<?>> enclosing, boolean ours) {
        this.maker = new RecordMaker(type, ours);
        this.ours = ours;
        Set<Class<?>> within = new HashSet<>(enclosing);
        if (!within.add(type)) {
            throw new IllegalArgumentException("the record " + type.getName() + " contains itself");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            options.put(component.getName(), Option.of(component, within, ours));
        }
    }

    /** The options of the log itself. */
    static RecordType ofLog(Class<?> type) {
        return new RecordType(type, Set.of(), true);
    }

    /**
     * The options of a store.
     *
     * @throws IllegalArgumentException if the record is not one that a provider may have
     */
    static RecordType ofStore(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is no record");
        }
        RecordType store = new RecordType(type, Set.of(), false);
        if (store.options.containsKey(StoreType.TYPE)) {
            throw new IllegalArgumentException(
                    "the record " + type.getName() + " has a component \"type\", which names the provider");
        }
        return store;
    }

    static RecordType nested(Class<?> type, Set<Class<?>> enclosing, boolean ours) {
        return new RecordType(type, enclosing, ours);
    }

    @Override
    public String expected() {
        return "an object, such as { }";
    }

    @Override
    public boolean mandatory() {
        return options.values().stream().anyMatch(Option::mandatory);
    }

    /** As good as an empty one: what is missing inside is told at its own place. */
    @Override
    public @Nullable Object absent(Place place) {
        return read(JsonNodeFactory.instance.objectNode(), place);
    }

    @Override
    public @Nullable Object read(JsonNode written, Place place) {
        if (!(written instanceof ObjectNode object)) {
            place.mistake(expected(), written);
            return ours ? maker.make(Map.of(), place) : null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> misspelt = new HashSet<>();
        boolean sound = readWritten(object, place, values, misspelt);
        for (Option option : options.values()) {
            // One mistake is enough: what was misspelt is not missing as well.
            boolean told = option.mandatory() && misspelt.contains(option.name());
            if (!told && !option.isWritten(object, place)) {
                sound &= option.readAbsent(place, values);
            }
        }
        return sound || ours ? maker.make(values, place) : null;
    }

    /** In the order of the file, so that mistakes are told in it. */
    private boolean readWritten(ObjectNode object, Place place, Map<String, Object> values, Set<String> misspelt) {
        boolean sound = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Option option = options.get(field.getKey());
            if (option == null) {
                Optional<String> meant = NearestName.in(options.keySet(), field.getKey());
                meant.ifPresent(misspelt::add);
                place.option(field.getKey()).mistake(unknown(meant, place.owner()));
                sound = false;
            } else if (option.isWritten(object, place)) {
                sound &= option.read(field.getValue(), place, values);
            }
        }
        return sound;
    }

    private String unknown(Optional<String> meant, String owner) {
        String start = owner.isEmpty() ? "there is no such option; " : owner + " has no such option; ";
        if (options.isEmpty()) {
            return start + "it has none";
        }
        return start
                + meant.map(name -> "did you mean \"" + name + "\"?")
                        .orElseGet(() -> "here may stand " + Quoted.all(options.keySet()));
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = definitions.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = definitions.array();
        for (Option option : options.values()) {
            properties.set(option.name(), option.schema(definitions));
            if (option.mandatory()) {
                required.add(option.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }
}
