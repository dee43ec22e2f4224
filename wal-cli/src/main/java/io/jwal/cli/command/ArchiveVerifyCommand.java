package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Progress;
import io.jwal.cli.shell.Shell;
import io.jwal.store.Store;
import io.jwal.store.tiered.ArchiveReport;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads every byte of an archive. */
@Command(
        name = "verify",
        description =
                "Read every byte of the archive, and say of each segment of the log what became of it: found, being"
                        + " uploaded, delayed, locked (its key or library is missing) or lost. Exit code 1 if one is locked or"
                        + " lost.")
public final class ArchiveVerifyCommand implements Callable<Integer> {
    private final Shell shell;
    private final ArchiveChoice archive;

    @Mixin
    private final LogChoice log;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public ArchiveVerifyCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
        this.archive = new ArchiveChoice(log);
    }

    @Override
    public Integer call() throws IOException {
        ArchiveReport report;
        try (Store hot = archive.openHot();
                Store copies = archive.openArchive();
                Progress progress = Progress.of(shell, "verify", Progress.UNKNOWN)) {
            report = ArchiveReport.verify(hot, copies, archive.keys(), progress::at);
        }
        if (json) {
            printJson(report);
        } else {
            printText(report);
        }
        long problems = report.count(ArchiveReport.Standing.LOST) + report.count(ArchiveReport.Standing.LOCKED);
        return (problems == 0 ? ExitCode.OK : ExitCode.PROBLEM).code();
    }

    private void printText(ArchiveReport report) throws IOException {
        Columns table = new Columns().row("SEGMENT", "FIRST", "LAST", "BYTES", "STANDING");
        for (ArchiveReport.Segment segment : report.segments()) {
            table.row(
                    segment.id(),
                    segment.firstIndex(),
                    segment.lastIndex(),
                    segment.bytes(),
                    name(segment) + (segment.problem().isEmpty() ? "" : ": " + segment.problem()));
        }
        table.print(shell.out());
    }

    private static String name(ArchiveReport.Segment segment) {
        return segment.standing() == ArchiveReport.Standing.UPLOADING
                ? "being uploaded"
                : segment.standing().name().toLowerCase(Locale.ROOT);
    }

    private void printJson(ArchiveReport report) throws IOException {
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartArray();
            for (ArchiveReport.Segment segment : report.segments()) {
                out.writeStartObject();
                out.writeStringField("segment", segment.id().toString());
                out.writeNumberField("first", segment.firstIndex());
                out.writeNumberField("last", segment.lastIndex());
                out.writeNumberField("bytes", segment.bytes());
                out.writeStringField("standing", segment.standing().name().toLowerCase(Locale.ROOT));
                out.writeStringField("problem", segment.problem());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }
}
