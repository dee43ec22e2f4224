package io.jwal.core.config;

import io.jwal.ConfigException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers the mistakes of one configuration, so that they are reported at once. */
public final class Mistakes {
    /** Anything shorter is no secret, and hiding it would garble the messages. */
    private static final int SHORTEST_SECRET = 4;

    private final String source;
    private final List<ConfigException.Problem> problems = new ArrayList<>();
    private final Set<String> secrets = new HashSet<>();

    /**
     * Starts without a mistake.
     *
     * @param source where the configuration comes from, such as a file's name
     */
    public Mistakes(String source) {
        this.source = source;
    }

    /**
     * Reports a mistake.
     *
     * @param path its place, such as {@code store.bucket}; empty for the whole
     * @param message what is wrong there, and what would be right
     */
    public void add(String path, String message) {
        problems.add(new ConfigException.Problem(path, message));
    }

    /**
     * Keeps a value out of every message, also those of a store's own checks.
     *
     * @param value the secret
     */
    void hide(String value) {
        if (value.length() >= SHORTEST_SECRET) {
            secrets.add(value);
        }
    }

    /**
     * Tells whether a place, or anything inside it, is known to be wrong.
     *
     * @param path the place
     * @return whether a mistake was reported there
     */
    public boolean touch(String path) {
        return problems.stream().map(ConfigException.Problem::path).anyMatch(wrong -> isInside(wrong, path));
    }

    private static boolean isInside(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
    }

    /**
     * Ends the reading of a configuration with mistakes.
     *
     * @throws ConfigException if there is any
     */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw toException();
        }
    }

    /**
     * All mistakes so far.
     *
     * @return the exception that carries them
     */
    ConfigException toException() {
        return new ConfigException(
                source, problems.stream().map(this::withoutSecrets).toList(), null);
    }

    private ConfigException.Problem withoutSecrets(ConfigException.Problem problem) {
        String message = problem.message();
        for (String secret : secrets) {
            message = message.replace(secret, "***");
        }
        return new ConfigException.Problem(problem.path(), message);
    }
}
