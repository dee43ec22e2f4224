package io.jwal.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the environment's values into text: <code>${NAME}</code>, <code>${NAME:-default}</code>, and <code>$${</code> for
 * a literal <code>${</code>. As in a shell the default stands in for a variable that is not set or empty. A value is
 * taken as it is: placeholders in it mean nothing.
 */
final class Placeholders {
    static final String PATTERN = "\\$\\{[A-Za-z_]\\w*(:-[^}]*)?\\}";

    private static final Pattern START = Pattern.compile("\\$?\\$\\{");
    private static final Pattern CONTENT = Pattern.compile("([A-Za-z_]\\w*)(?::-(.*))?", Pattern.DOTALL);
    private static final String FORMS = "write ${NAME} or ${NAME:-default}, or $${ for a literal ${";

    private final UnaryOperator<@Nullable String> environment;

    Placeholders(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * Text after expansion.
     *
     * @param text what came out
     * @param values what the environment, or a default in its stead, put into it; empty if the text was a literal
     */
    record Expansion(String text, List<String> values) {
        boolean isLiteral() {
            return values.isEmpty();
        }
    }

    /**
     * Expands text.
     *
     * @throws IllegalArgumentException if a placeholder is wrong or its variable is not set; never repeats the text
     */
    Expansion expand(String written) {
        StringBuilder text = new StringBuilder();
        List<String> values = new ArrayList<>();
        Matcher start = START.matcher(written);
        int rest = 0;
        while (start.find(rest)) {
            text.append(written, rest, start.start());
            rest = start.end();
            if (start.group().startsWith("$$")) {
                text.append("${");
                continue;
            }
            int end = written.indexOf('}', rest);
            if (end < 0) {
                throw new IllegalArgumentException("a placeholder does not end; " + FORMS);
            }
            String value = value(written.substring(rest, end));
            values.add(value);
            text.append(value);
            rest = end + 1;
            if (text.length() > ConfigLimits.STRING) {
                throw new IllegalArgumentException(
                        "the environment makes this longer than " + ConfigLimits.STRING + " characters");
            }
        }
        return new Expansion(text.append(written, rest, written.length()).toString(), values);
    }

    /** Whether nothing but placeholders was written and nothing came out of them: as good as not written. */
    boolean vanish(String written) {
        try {
            Expansion expansion = expand(written);
            return expansion.text().isEmpty() && !expansion.isLiteral();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String value(String content) {
        Matcher matcher = CONTENT.matcher(content);
        if (!matcher.matches() || content.contains("${")) {
            throw new IllegalArgumentException("a placeholder is not understood, and they do not nest; " + FORMS);
        }
        String name = matcher.group(1);
        String fallback = matcher.group(2);
        String value = environment.apply(name);
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set; set it, or write ${"
                    + name + ":-…} with a default");
        }
        return value;
    }
}
