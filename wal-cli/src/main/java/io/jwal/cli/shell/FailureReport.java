package io.jwal.cli.shell;

import io.jwal.ConfigException;
import io.jwal.CorruptLogException;
import io.jwal.EntryNotFoundException;
import io.jwal.EntryTooLargeException;
import io.jwal.FencedException;
import io.jwal.LogLockedException;
import io.jwal.LogNotFoundException;
import io.jwal.OutOfOrderException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.UnsupportedFormatException;
import io.jwal.WalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;

/** Turns what a command threw into a message for people and an exit code for programs. */
public final class FailureReport {
    private final Shell shell;
    private final boolean verbose;

    /** Reports to a shell; with the stack trace if it is verbose. */
    public FailureReport(Shell shell, boolean verbose) {
        this.shell = shell;
        this.verbose = verbose;
    }

    /** Says what happened, and returns what to exit with. */
    public int report(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
        if (cause != null) {
            return report(cause);
        }
        if (failure instanceof ClosedOutputException) {
            return ExitCode.OK.code();
        }
        ExitCode code = codeOf(failure);
        shell.say(code == ExitCode.INTERNAL ? bug(failure) : message(failure));
        if (verbose) {
            failure.printStackTrace(shell.err());
        }
        return code.code();
    }

    /** What to exit with after a failure. */
    public static ExitCode codeOf(Throwable failure) {
        if (failure instanceof CommandFailure command) {
            return command.exitCode();
        } else if (failure instanceof ConfigException
                || failure instanceof EntryTooLargeException
                || failure instanceof OutOfOrderException
                || failure instanceof InvalidPathException) {
            return ExitCode.MISUSE;
        } else if (failure instanceof LogLockedException) {
            return ExitCode.LOCKED;
        } else if (failure instanceof FencedException) {
            return ExitCode.FENCED;
        } else if (failure instanceof CorruptLogException) {
            return ExitCode.CORRUPT;
        } else if (failure instanceof LogNotFoundException) {
            return ExitCode.NO_LOG;
        } else if (failure instanceof EntryNotFoundException
                || failure instanceof OutOfRangeException
                || failure instanceof TruncatedException) {
            return ExitCode.OUT_OF_RANGE;
        } else if (failure instanceof UnsupportedFormatException) {
            return ExitCode.UNSUPPORTED;
        } else if (failure instanceof WalException || failure instanceof IOException) {
            return ExitCode.FAILED;
        }
        return ExitCode.INTERNAL;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }

    private String bug(Throwable failure) {
        return "this should not happen: " + failure
                + (verbose ? "" : "; run it again with --verbose, and report what it prints");
    }
}
