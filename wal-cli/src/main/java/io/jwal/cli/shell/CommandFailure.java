package io.jwal.cli.shell;

import org.jspecify.annotations.Nullable;

/** A command cannot go on. Carries what is printed, and what the process exits with. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** Ends a command with a message that says what happened and what to do next. */
    public CommandFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** Ends a command because of another failure. */
    public CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the process exits with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
