package io.jwal.cli.shell;

import java.io.IOException;

/** Whoever read our output wants no more of it, as {@code head} does: a reason to stop, not an error. */
public final class ClosedOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedOutputException(IOException cause) {
        super("the reader of the output has closed it", cause);
    }
}
