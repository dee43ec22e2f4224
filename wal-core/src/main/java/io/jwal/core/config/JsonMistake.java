package io.jwal.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words what the JSON parser says in its own, which speak of its settings and repeat the text. */
final class JsonMistake {
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate (?:field|Object property) .*");
    private static final Pattern UNEXPECTED =
            Pattern.compile("Unexpected (?:character \\(|close marker )'(.)'.*", Pattern.DOTALL);

    private static final String COMMENT = "JSON has no comments; remove this one";

    private JsonMistake() {}

    static boolean isDuplicate(JsonProcessingException failure) {
        return DUPLICATE.matcher(failure.getOriginalMessage()).lookingAt();
    }

    static String explain(JsonProcessingException failure) {
        String original = failure.getOriginalMessage();
        if (isDuplicate(failure)) {
            return "this option is written twice; keep one";
        }
        if (failure instanceof StreamConstraintsException) {
            return ConfigLimits.TOO_MUCH;
        }
        if (failure instanceof JsonEOFException) {
            return "the text ends too early; a closing brace, bracket or quote is missing";
        }
        if (failure instanceof MismatchedInputException) {
            return "something follows the end of the configuration; remove it";
        }
        if (original.contains("comment")) {
            return COMMENT;
        }
        if (original.contains("Unrecognized token")) {
            return "this word is no JSON; text stands in double quotes";
        }
        return unexpected(original);
    }

    private static String unexpected(String original) {
        Matcher matcher = UNEXPECTED.matcher(original);
        if (!matcher.lookingAt()) {
            return "this is not valid JSON";
        }
        return switch (matcher.group(1)) {
            case "}", "]" -> "a closing bracket does not fit here; look for a comma before it, or another bracket";
            case "#" -> COMMENT;
            case "'" -> "JSON has no single quotes; text stands in double quotes";
            default -> "\"" + matcher.group(1) + "\" does not fit here; look for a missing comma, colon or quote";
        };
    }
}
