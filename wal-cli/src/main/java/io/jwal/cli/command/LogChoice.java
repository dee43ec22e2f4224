package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which log is meant. */
final class LogChoice {
    private static final String DEFAULT_DIRECTORY = "data";

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "The log's directory, on this machine; $WAL_DIR or ./data by default.")
    private @Nullable Path directory;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration file, for a log in any store; $$WAL_CONFIG by default.")
    private @Nullable Path file;

    private final Shell shell;

    LogChoice(Shell shell) {
        this.shell = shell;
    }

    /** Whether the command line says which log is meant. */
    boolean isGiven() {
        return directory != null || file != null;
    }

    /** The configuration of the log that is meant. */
    WalConfig config() {
        if (directory != null && file != null) {
            throw new CommandFailure(
                    ExitCode.MISUSE, "--dir and --config exclude each other: a configuration names its store itself");
        }
        if (file != null) {
            return WalConfig.load(file);
        }
        String configured = variable("WAL_CONFIG");
        return directory == null && configured != null
                ? WalConfig.load(Path.of(configured))
                : WalConfig.builder().store(new FileStoreConfig(directory())).build();
    }

    private Path directory() {
        String fromEnvironment = variable("WAL_DIR");
        if (directory != null) {
            return directory;
        }
        return Path.of(fromEnvironment != null ? fromEnvironment : DEFAULT_DIRECTORY);
    }

    private @Nullable String variable(String name) {
        String value = shell.environment().apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The log that is meant, for people. */
    String description() {
        String configured = variable("WAL_CONFIG");
        if (file != null || (directory == null && configured != null)) {
            return "configured in " + (file == null ? configured : file);
        }
        return "in directory " + directory();
    }

    /** Opens the log for writing, creating it if there is none. */
    Wal open() {
        return JWal.open(config());
    }

    /** Opens the log for reading; changes nothing. */
    WalReader openReader() {
        return JWal.openReader(config());
    }
}
