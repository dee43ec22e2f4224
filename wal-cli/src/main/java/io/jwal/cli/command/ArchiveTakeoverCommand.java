package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes an empty hot store the one that goes on with an archived log. */
@Command(
        name = "takeover",
        description = {
            "Go on here with the log that the archive holds: the hot store, which has to be empty, becomes the one that"
                    + " feeds it, and the one that did is fenced for good.",
            "What the archive lacks stays on the lost disk. Make sure that it is lost, and not only unmounted."
        })
public final class ArchiveTakeoverCommand implements Callable<Integer> {
    private final Shell shell;
    private final ArchiveChoice archive;

    @Mixin
    private final LogChoice log;

    /** A command of a shell. */
    public ArchiveTakeoverCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
        this.archive = new ArchiveChoice(log);
    }

    @Override
    public Integer call() throws IOException {
        archive.archived(); // says at once if there is no archive
        try (Wal wal = JWal.open(archive.config(), OpenOption.takeover())) {
            shell.out()
                    .line(
                            wal.isEmpty()
                                    ? "the log is here now; it is empty and goes on at " + wal.firstIndex()
                                    : "the log is here now: it holds " + wal.firstIndex() + " to " + wal.lastIndex());
        }
        return 0;
    }
}
