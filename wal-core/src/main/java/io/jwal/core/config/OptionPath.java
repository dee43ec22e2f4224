package io.jwal.core.config;

import java.util.regex.Pattern;

/** Writes the place of an option: {@code store.hot.directory}, {@code store.hosts[2]}. */
final class OptionPath {
    private static final Pattern PLAIN = Pattern.compile("[\\w$-]{1,64}");

    private OptionPath() {}

    static String option(String path, String name) {
        if (!PLAIN.matcher(name).matches()) {
            return path + "[" + Quoted.text(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
