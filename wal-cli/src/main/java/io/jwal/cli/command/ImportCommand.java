package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.cli.entry.EntryFormat;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Appends whole files, fast. */
@Command(
        name = "import",
        description = {
            "Append what files hold, in large batches.",
            "An import that was interrupted goes on with --at and the index that its first entry got (or was to get):"
                    + " what the log has already is compared, and only the rest is appended."
        })
public final class ImportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Mixin
    private final InputFormat format = new InputFormat();

    @Option(
            names = "--at",
            paramLabel = "INDEX",
            description = "The first entry belongs at this index. Entries that the log has already must be equal.")
    private @Nullable Long at;

    @Option(
            names = "--keep-index",
            description = "With --json: each entry belongs at the index it names. Entries that the log has already must"
                    + " be equal.")
    private boolean keepIndex;

    @Option(
            names = "--summary",
            paramLabel = "text|json|none",
            description = "How to tell at the end what was done; ${DEFAULT-VALUE} by default.")
    private ImportSummary.Form summary = ImportSummary.Form.TEXT;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "What to import; - or nothing for standard input.")
    private final List<String> files = new ArrayList<>();

    /** A command of a shell. */
    public ImportCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        EntryFormat entries = checkedFormat();
        ImportSources sources = ImportSources.of(files, shell);
        WalConfig config = log.config();
        try (Wal wal = JWal.open(config)) {
            EntryPlacement placement = new EntryPlacement(wal, config.maxBatch().bytes(), at, keepIndex);
            new ImportRun(wal, entries, config.maxEntry().bytes(), placement)
                    .run(sources, shell)
                    .print(shell.out(), summary);
        }
        return 0;
    }

    private EntryFormat checkedFormat() {
        EntryFormat entries = format.format();
        if (keepIndex && entries != EntryFormat.JSON) {
            throw new CommandFailure(ExitCode.MISUSE, "--keep-index goes with --json: only JSON entries name an index");
        }
        if (keepIndex && at != null) {
            throw new CommandFailure(ExitCode.MISUSE, "--at and --keep-index exclude each other: both say the index");
        }
        return entries;
    }
}
