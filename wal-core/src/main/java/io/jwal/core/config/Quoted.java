package io.jwal.core.config;

import java.util.Collection;
import java.util.stream.Collectors;

/** What somebody wrote, as a message repeats it: on one line, and not at any length. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(String written) {
        return "\"" + bare(written) + "\"";
    }

    static String bare(String written) {
        StringBuilder quoted = new StringBuilder();
        written.codePoints().limit(LONGEST).forEach(point -> {
            if (Character.isISOControl(point)) {
                quoted.append(String.format("\\u%04x", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append(written.codePointCount(0, written.length()) > LONGEST ? "…" : "")
                .toString();
    }

    static String all(Collection<String> names) {
        return names.stream().map(Quoted::text).collect(Collectors.joining(", "));
    }
}
