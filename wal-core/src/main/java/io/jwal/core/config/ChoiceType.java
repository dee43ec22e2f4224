package io.jwal.core.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of an enum's constants, in any case. */
final class ChoiceType implements ScalarType {
    private final List<Enum<?>> constants;

    ChoiceType(Class<?> type) {
        constants = Stream.of(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
    }

    private List<String> names() {
        return constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public String expected() {
        return "one of " + Quoted.all(names());
    }

    @Override
    public boolean isQuoted() {
        return true;
    }

    @Override
    public Object parse(String text) {
        for (Enum<?> constant : constants) {
            if (constant.name().equalsIgnoreCase(text.strip())) {
                return constant;
            }
        }
        throw new IllegalArgumentException(Quoted.text(text) + " is not " + expected()
                + NearestName.in(names(), text)
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse(""));
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode choices = definitions.object();
        ArrayNode names = choices.putArray("enum");
        names().forEach(names::add);
        ObjectNode anyCase = definitions.object().put("type", "string").put("pattern", pattern());
        return definitions.orPlaceholder(choices, anyCase);
    }

    /** ECMA's patterns have no flag for it. */
    private String pattern() {
        return names().stream()
                .map(name -> name.chars()
                        .mapToObj(letter -> Character.isLetter(letter)
                                ? "[" + Character.toString(Character.toUpperCase(letter)) + Character.toString(letter)
                                        + "]"
                                : Character.toString(letter))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("|", "^\\s*(", ")\\s*$"));
    }
}
