package io.jwal.cli.command;

import io.jwal.Cursor;
import io.jwal.OutOfRangeException;
import io.jwal.WalReader;
import io.jwal.cli.entry.EntryOutput;
import io.jwal.cli.shell.Shell;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes entries to standard output. */
@Command(name = "cat", description = "Write entries to standard output.")
public final class CatCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Mixin
    private final OutputFormat format = new OutputFormat();

    @Option(
            names = "--from",
            paramLabel = "INDEX",
            description = "The first index to write; the log's first by default.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "INDEX", description = "The last index to write; the log's last by default.")
    private @Nullable Long to;

    /** A command of a shell. */
    public CatCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        try (WalReader wal = log.openReader()) {
            long last = to == null ? wal.lastIndex() : to;
            long first = from == null ? wal.firstIndex() : from;
            if (to != null && (last > wal.lastIndex() || last < first - 1)) {
                throw new OutOfRangeException(last, wal.firstIndex(), wal.lastIndex());
            }
            EntryOutput out = format.to(shell.out());
            try (Cursor cursor = wal.cursor(first)) {
                new EntryRun(cursor, first, out).writeUpTo(last);
            }
        }
        return 0;
    }
}
