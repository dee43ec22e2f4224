package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One place in a configuration that is being read.
 *
 * @param path where it is
 * @param owner who takes the options there, for messages: "the s3 store"; empty for the log itself
 * @param placeholders what the environment gives
 * @param stores the types of store that may be named
 * @param mistakes where they are gathered
 */
record Place(String path, String owner, Placeholders placeholders, StoreTypes stores, Mistakes mistakes) {
    Place option(String name) {
        return new Place(OptionPath.option(path, name), owner, placeholders, stores, mistakes);
    }

    Place item(int index) {
        return new Place(OptionPath.item(path, index), owner, placeholders, stores, mistakes);
    }

    Place ownedBy(String newOwner) {
        return new Place(path, newOwner, placeholders, stores, mistakes);
    }

    void mistake(String message) {
        mistakes.add(path, message);
    }

    /** Reports a value of the wrong kind, without repeating it: it may be a secret in the wrong place. */
    void mistake(String expected, JsonNode found) {
        String kind = switch (found.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> found.getNodeType().name().toLowerCase(Locale.ROOT);
        };
        mistake("expected " + expected + ", but got " + kind);
    }
}
