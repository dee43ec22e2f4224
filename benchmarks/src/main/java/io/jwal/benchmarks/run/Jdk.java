package io.jwal.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK that trials run on.
 *
 * @param home its folder
 * @param version its version
 */
record Jdk(Path home, String version) {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([^\"]+)\"");

    /** The one that runs this. */
    static Jdk current() {
        return new Jdk(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
    }

    /** The one in that folder. */
    static Jdk in(Path home) {
        Path release = home.resolve("release");
        try {
            Matcher found = VERSION.matcher(Files.readString(release));
            if (found.find()) {
                return new Jdk(home, found.group(1));
            }
            throw new IllegalArgumentException(release + " names no JAVA_VERSION; give the folder of a JDK");
        } catch (IOException e) {
            throw new IllegalArgumentException(home + " is no JDK: " + release + " cannot be read", e);
        }
    }

    Path java() {
        return home.resolve("bin/java");
    }
}
