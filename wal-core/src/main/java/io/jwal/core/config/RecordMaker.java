package io.jwal.core.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a record of values read, and reports what its constructor thinks of them. */
final class RecordMaker {
    private final Constructor<?> constructor;
    private final List<String> names;

    RecordMaker(Class<?> type, boolean ours) {
        RecordComponent[] components = type.getRecordComponents();
        names = Stream.of(components).map(RecordComponent::getName).toList();
        try {
            constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor: " + type, e);
        }
        if (ours) {
            constructor.setAccessible(true);
        }
    }

    /**
     * Makes the record.
     *
     * @param values by the components' names; what is absent becomes null
     * @return the record, or null after a mistake was reported
     */
    @Nullable
    Object make(Map<String, Object> values, Place place) {
        try {
            return constructor.newInstance(names.stream().map(values::get).toArray());
        } catch (InvocationTargetException e) {
            report(e.getCause(), place);
        } catch (IllegalAccessException e) {
            place.mistake("the provider of " + place.owner() + " is broken: "
                    + constructor.getDeclaringClass().getName()
                    + " is not a public record in a package that its module exports");
        } catch (InstantiationException e) {
            throw new IllegalStateException("no record is abstract: " + constructor, e);
        }
        return null;
    }

    private void report(@Nullable Throwable failure, Place place) {
        String message = failure == null ? null : failure.getMessage();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof NullPointerException && message != null && names.contains(message)) {
            place.option(message).mistake("missing; " + place.owner() + " needs it");
        } else if (failure instanceof IllegalArgumentException && message != null) {
            place.mistake(message);
        } else {
            place.mistake(place.owner() + " refuses this, and says only: " + failure);
        }
    }
}
