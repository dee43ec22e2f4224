package io.jwal.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A value that is one word of JSON, or text in which the environment's values are put first. */
interface ScalarType extends OptionType {
    /**
     * Makes the value.
     *
     * @throws IllegalArgumentException if the text is no such value; the message says what would be one
     */
    Object parse(String text);

    /** Whether such a value is written in quotes; if not, only the environment may give it as text. */
    boolean isQuoted();

    /** Whether {@link #parse} takes what this number or truth value looks like as text. */
    default boolean takes(JsonNode unquoted) {
        return false;
    }

    /** Called with whatever must never be seen in a message. */
    default void guard(Placeholders.Expansion expansion, Mistakes mistakes) {}

    @Override
    default @Nullable Object read(JsonNode written, Place place) {
        if (!written.isTextual() && !takes(written)) {
            place.mistake(expected(), written);
            return null;
        }
        try {
            if (!written.isTextual()) {
                return parse(written.asText());
            }
            Placeholders.Expansion expansion = place.placeholders().expand(written.textValue());
            guard(expansion, place.mistakes());
            if (!isQuoted() && expansion.isLiteral()) {
                place.mistake("expected " + expected() + " without quotes");
                return null;
            }
            return parse(expansion.text());
        } catch (IllegalArgumentException e) {
            place.mistake(String.valueOf(e.getMessage()));
            return null;
        }
    }
}
