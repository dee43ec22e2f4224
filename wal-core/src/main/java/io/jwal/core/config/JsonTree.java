package io.jwal.core.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads text as JSON, strictly. */
final class JsonTree {
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(ConfigLimits.JSON)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private JsonTree() {}

    /**
     * The object that the text consists of. What is not even JSON is one mistake, with its line and column: after the
     * first nothing more can be told.
     */
    static ObjectNode of(String text, Mistakes mistakes) {
        if (text.length() > ConfigLimits.BYTES) {
            throw refusal(mistakes, ConfigLimits.TOO_LARGE);
        }
        if (text.startsWith("\uFEFF")) {
            throw refusal(mistakes, "this starts with a byte order mark; save it as UTF-8 without one");
        }
        if (text.indexOf('\0') >= 0) {
            throw refusal(mistakes, "this is not UTF-8 text, it looks like UTF-16; save it as UTF-8");
        }
        if (text.isBlank()) {
            throw refusal(mistakes, "this is empty; the least is {\"store\": {\"type\": …}}");
        }
        if (parse(text, mistakes) instanceof ObjectNode object) {
            return object;
        }
        throw refusal(mistakes, "a configuration is an object, such as {\"store\": {\"type\": …}}");
    }

    private static JsonNode parse(String text, Mistakes mistakes) {
        try (JsonParser parser = READER.getFactory().createParser(text)) {
            try {
                return READER.readTree(parser);
            } catch (JsonProcessingException e) {
                report(e, parser, mistakes);
                // Without a cause: the parser's own message repeats the text, secrets included.
                throw mistakes.toException();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string does no I/O", e);
        }
    }

    private static void report(JsonProcessingException failure, JsonParser parser, Mistakes mistakes) {
        JsonLocation told = failure.getLocation();
        JsonLocation location = told == null ? parser.currentLocation() : told;
        String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        String what = JsonMistake.explain(failure);
        if (JsonMistake.isDuplicate(failure)) {
            mistakes.add(path(parser.getParsingContext().pathAsPointer()), what + " (" + where + ")");
        } else {
            mistakes.add("", where + ": " + what);
        }
    }

    private static String path(JsonPointer pointer) {
        String path = "";
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            path = rest.mayMatchElement() && rest.getMatchingProperty().matches("\\d+")
                    ? OptionPath.item(path, rest.getMatchingIndex())
                    : OptionPath.option(path, rest.getMatchingProperty());
        }
        return path;
    }

    private static RuntimeException refusal(Mistakes mistakes, String message) {
        mistakes.add("", message);
        return mistakes.toException();
    }
}
