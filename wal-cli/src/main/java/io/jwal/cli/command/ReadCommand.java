package io.jwal.cli.command;

import io.jwal.Cursor;
import io.jwal.EntryNotFoundException;
import io.jwal.WalReader;
import io.jwal.cli.entry.EntryOutput;
import io.jwal.cli.shell.Shell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes single entries. */
@Command(name = "read", description = "Write the entries of these indexes, in this order.")
public final class ReadCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Mixin
    private final OutputFormat format = new OutputFormat();

    @Parameters(paramLabel = "INDEX", arity = "1..*", description = "Which entries.")
    private final List<Long> indexes = new ArrayList<>();

    /** A command of a shell. */
    public ReadCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        try (WalReader wal = log.openReader()) {
            EntryOutput out = format.to(shell.out());
            for (long index : indexes) {
                if (index < wal.firstIndex() || index > wal.lastIndex()) {
                    throw new EntryNotFoundException(index, wal.firstIndex(), wal.lastIndex());
                }
                try (Cursor cursor = wal.cursor(index)) {
                    new EntryRun(cursor, index, out).writeUpTo(index);
                }
            }
        }
        return 0;
    }
}
