package io.jwal.cli.shell;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the engine and the stores log to standard error as one line each, warnings and worse only. Found by
 * {@link java.util.ServiceLoader}. (The JDK's own loggers would load {@code java.logging} and print two lines each.)
 */
public final class ProgramLogs extends System.LoggerFinder {
    private static volatile System.Logger.Level lowest = System.Logger.Level.WARNING;

    /** Shows what is usually not worth a line, too. */
    public static void showAll() {
        lowest = System.Logger.Level.DEBUG;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    /** Loggers of the JDK itself stay silent but for errors: what they say is not about the log. */
    private record Lines(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            Level needed = name.startsWith("io.jwal") ? lowest : Level.ERROR;
            return level != Level.OFF && level.compareTo(needed) >= 0;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                System.err.println("wal: " + message + (thrown == null ? "" : ": " + thrown));
            }
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String pattern, Object... values) {
            if (isLoggable(level)) {
                // Of a message without values there is no array at all, which an annotation cannot say here.
                boolean plain = pattern == null || values == null || values.length == 0;
                System.err.println("wal: " + (plain ? pattern : MessageFormat.format(pattern, values)));
            }
        }
    }
}
