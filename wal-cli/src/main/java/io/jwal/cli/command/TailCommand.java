package io.jwal.cli.command;

import io.jwal.Cursor;
import io.jwal.WalReader;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the last entries, and those to come. */
@Command(name = "tail", description = "Write the last entries, and with -f those to come.")
public final class TailCommand implements Callable<Integer> {
    /** After so long it looks whether what it would read next was cut away; new entries do not wait for that. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Mixin
    private final OutputFormat format = new OutputFormat();

    @Option(
            names = {"-n", "--entries"},
            paramLabel = "N",
            description = "How many of the last entries; ${DEFAULT-VALUE} by default.")
    private long entries = 10;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what other processes append, until stopped.")
    private boolean follow;

    /** A command of a shell. */
    public TailCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (entries < 0) {
            throw new CommandFailure(ExitCode.MISUSE, "-n is at least 0, but got " + entries);
        }
        try (WalReader wal = log.openReader()) {
            long last = wal.lastIndex();
            long first = Math.max(wal.firstIndex(), last - Math.min(entries, last) + 1);
            try (Cursor cursor = wal.cursor(first)) {
                EntryRun run = new EntryRun(cursor, first, format.to(shell.out()));
                run.writeUpTo(last);
                while (follow) {
                    shell.out().flush();
                    if (cursor.next(PATIENCE)) {
                        run.write();
                        run.writeUpTo(wal.lastIndex());
                    }
                }
            }
        }
        return 0;
    }
}
