package io.jwal.cli.command;

import io.jwal.OutOfRangeException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.cli.shell.Shell;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drops entries from one end of a log. */
@Command(name = "truncate", description = "Drop entries from the beginning or the end. They are gone for good.")
public final class TruncateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Cut cut = new Cut();

    /** Where to cut. */
    static final class Cut {
        @Option(
                names = "--before",
                paramLabel = "INDEX",
                description =
                        "Drop what precedes this index, which becomes the first; one past the last empties the log.")
        private @Nullable Long before;

        @Option(
                names = "--after",
                paramLabel = "INDEX",
                description =
                        "Drop what follows this index, which becomes the last; one before the first empties the log.")
        private @Nullable Long after;
    }

    @Option(names = "--dry-run", description = "Only say what would be dropped.")
    private boolean dryRun;

    /** A command of a shell. */
    public TruncateCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (dryRun) {
            try (WalReader wal = log.openReader()) {
                shell.out().line(outcome(wal, "would drop", "would then hold"));
            }
            return 0;
        }
        log.openReader().close(); // a log is not created in order to be cut
        try (Wal wal = log.open()) {
            String outcome = outcome(wal, "dropped", "now holds");
            if (cut.before != null) {
                wal.truncateBefore(cut.before);
            } else if (cut.after != null) {
                wal.truncateAfter(cut.after);
            }
            shell.out().line(outcome);
        }
        return 0;
    }

    private String outcome(WalReader wal, String dropped, String holds) {
        long first = wal.firstIndex();
        long last = wal.lastIndex();
        long newFirst = cut.before == null ? first : Math.max(first, cut.before);
        long newLast = cut.after == null ? last : Math.min(last, cut.after);
        if (newFirst > last + 1 || newLast < first - 1) {
            throw new OutOfRangeException(cut.before == null ? newLast : newFirst, first, last);
        }
        long count = newFirst - first + last - newLast;
        String range = newFirst > first ? first + " to " + (newFirst - 1) : newLast + 1 + " to " + last;
        String rest =
                newLast < newFirst ? "is empty and goes on at " + newFirst : holds + " " + newFirst + " to " + newLast;
        String entries = count + (count == 1 ? " entry" : " entries");
        return dropped + " " + (count == 0 ? "nothing" : entries + ", index " + range) + "; the log " + rest;
    }
}
