package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.cli.entry.CountedInput;
import io.jwal.cli.entry.EntryFormat;
import io.jwal.cli.entry.EntryInput;
import io.jwal.cli.entry.RefusedInputException;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.FailureReport;
import io.jwal.cli.shell.Progress;
import io.jwal.cli.shell.Shell;
import java.io.IOException;

/** One import: from the first byte of the first file until all is durable, or something stops it. */
final class ImportRun {
    private final EntryFormat format;
    private final long maxEntry;
    private final EntryPlacement placement;
    private final ImportSummary summary;

    /**
     * An import into a log.
     *
     * @param format how the entries come
     * @param maxEntry the largest that the log takes
     * @param placement where they go
     */
    ImportRun(Wal wal, EntryFormat format, long maxEntry, EntryPlacement placement) {
        this.format = format;
        this.maxEntry = maxEntry;
        this.placement = placement;
        this.summary = new ImportSummary(wal, placement);
    }

    /** Imports all files; says on the way how far it has come, and where it stopped if the process is ended. */
    ImportSummary run(ImportSources sources, Shell shell) {
        InterruptNotice notice = new InterruptNotice(() -> shell.say(summary.interrupted()));
        try (Progress progress = Progress.of(shell, "import", sources.bytes())) {
            read(sources, progress);
            placement.finish();
            return summary;
        } catch (RefusedInputException | WalException | CommandFailure | IOException e) {
            throw explained(e);
        } finally {
            notice.withdraw();
        }
    }

    private void read(ImportSources sources, Progress progress) throws IOException, RefusedInputException {
        long before = 0;
        for (ImportSources.Source source : sources.all()) {
            try (CountedInput bytes = new CountedInput(source.bytes().open())) {
                EntryInput input = format.input(bytes, source.name(), maxEntry);
                for (byte[] entry = input.next(); entry != null; entry = input.next()) {
                    placement.add(entry, input);
                    progress.at(before + bytes.bytes());
                }
                before += bytes.bytes();
                summary.read(before, input.endedWithoutNewline());
            }
        }
    }

    /** Adds to a failure what has become of the entries before it; they are made durable if the log still can. */
    private CommandFailure explained(Exception failure) {
        ExitCode code = failure instanceof RefusedInputException ? ExitCode.MISUSE : FailureReport.codeOf(failure);
        if (!(failure instanceof WalException)) {
            try {
                placement.finish();
            } catch (WalException e) {
                failure.addSuppressed(e);
            }
        }
        return new CommandFailure(code, failure.getMessage() + "; " + summary.soFar(), failure);
    }
}
