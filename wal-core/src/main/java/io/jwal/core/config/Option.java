package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record, as an option.
 *
 * @param name its name in the record and in the file
 * @param type what its values look like
 * @param optional whether the record takes null for it
 * @param about what is known about it; null for the options of stores
 */
record Option(
        String name,
        OptionType type,
        boolean optional,
        @Nullable About about) {
    static Option of(RecordComponent component, Set<Class<?>> enclosing, boolean ours) {
        try {
            return new Option(
                    component.getName(),
                    OptionTypes.of(component.getGenericType(), enclosing, ours),
                    isNullable(component),
                    component.getAnnotation(About.class));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getSimpleName() + "." + component.getName() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Any annotation of that name, wherever the compiler put it: on the type, the component or its accessor. Without
     * JSpecify at run time its annotations would just not be seen, and every option be called missing; naming the class
     * fails plainly instead.
     */
    private static boolean isNullable(RecordComponent component) {
        String name = Nullable.class.getSimpleName();
        return Stream.<AnnotatedElement>of(
                        component.getAnnotatedType(),
                        component,
                        component.getAccessor(),
                        component.getAccessor().getAnnotatedReturnType())
                .flatMap(element -> Stream.of(element.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getSimpleName().equals(name));
    }

    boolean mandatory() {
        return (about != null && about.required()) || (!optional && type.mandatory());
    }

    /** An optional value that the environment left empty counts as not written. */
    boolean isWritten(ObjectNode object, Place place) {
        JsonNode value = object.get(name);
        return value != null
                && !(optional && value.isTextual() && place.placeholders().vanish(value.textValue()));
    }

    boolean read(JsonNode written, Place place, Map<String, Object> values) {
        if (optional && written.isNull()) {
            place.option(name).mistake("null is no value; leave the option out for its default");
            return false;
        }
        return keep(type.read(written, place.option(name)), values);
    }

    boolean readAbsent(Place place, Map<String, Object> values) {
        return (optional && !mandatory()) || keep(type.absent(place.option(name)), values);
    }

    private boolean keep(@Nullable Object value, Map<String, Object> values) {
        if (value == null) {
            return false;
        }
        values.put(name, value);
        return true;
    }

    ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = type.schema(definitions);
        return about == null ? schema : definitions.explained(schema, about);
    }
}
