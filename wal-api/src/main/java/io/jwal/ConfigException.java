package io.jwal;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration is wrong. Carries all mistakes at once; nothing was opened. */
public final class ConfigException extends WalException {
    private static final long serialVersionUID = 1L;

    /** All mistakes. */
    private final ArrayList<Problem> problems;

    /**
     * One mistake.
     *
     * @param path the place in the configuration, such as {@code store.bucket}; empty for the whole
     * @param message what is wrong there, and what would be right
     */
    public record Problem(String path, String message) implements Serializable {
        @Override
        public String toString() {
            return path.isEmpty() ? message : path + ": " + message;
        }
    }

    /**
     * Gathers the mistakes of one configuration.
     *
     * @param source where it came from, such as a file's name
     * @param problems all mistakes, at least one
     * @param cause the failure behind it, or null
     */
    public ConfigException(String source, List<Problem> problems, @Nullable Throwable cause) {
        super(
                source + ": "
                        + (problems.size() == 1
                                ? problems.get(0)
                                : problems.size() + " mistakes"
                                        + problems.stream()
                                                .map(problem -> System.lineSeparator() + "  " + problem)
                                                .collect(Collectors.joining())),
                cause);
        this.problems = new ArrayList<>(problems);
    }

    /**
     * All mistakes, in the order of the file.
     *
     * @return the problems
     */
    public List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }
}
