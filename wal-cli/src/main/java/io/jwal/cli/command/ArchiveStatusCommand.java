package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.Cursor;
import io.jwal.LogNotFoundException;
import io.jwal.WalReader;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.store.ByteSize;
import io.jwal.store.Store;
import io.jwal.store.tiered.ArchiveKey;
import io.jwal.store.tiered.ArchiveReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what the archive has, and what it lacks. */
@Command(name = "status", description = "Say what the archive has, and what would be lost with the hot disk now.")
public final class ArchiveStatusCommand implements Callable<Integer> {
    private static final long UNKNOWN = -1;

    private final Shell shell;
    private final ArchiveChoice archive;

    @Mixin
    private final LogChoice log;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public ArchiveStatusCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
        this.archive = new ArchiveChoice(log);
    }

    /** What is durable in the hot store alone. */
    private record Exposed(long entries, long seconds) {}

    @Override
    public Integer call() throws IOException {
        try (Store hot = archive.openHot();
                Store copies = archive.openArchive()) {
            ArchiveReport report = ArchiveReport.look(hot, copies, archive.keys());
            Exposed exposed = exposed(report);
            if (json) {
                printJson(report, exposed);
            } else {
                printText(report, exposed);
            }
        }
        return 0;
    }

    private Exposed exposed(ArchiveReport report) {
        try (WalReader reader = JWal.openReader(archive.config())) {
            long last = reader.lastIndex();
            long next = Math.max(report.lastIndex() + 1, reader.firstIndex());
            if (next > last) {
                return new Exposed(0, 0);
            }
            try (Cursor cursor = reader.cursor(next)) {
                long age = cursor.next()
                        ? Duration.between(cursor.time(), Instant.now()).toSeconds()
                        : 0;
                return new Exposed(last - next + 1, Math.max(0, age));
            }
        } catch (LogNotFoundException e) {
            return new Exposed(UNKNOWN, UNKNOWN);
        }
    }

    private void printText(ArchiveReport report, Exposed exposed) throws IOException {
        Columns lines = new Columns();
        lines.row("archive", log.description());
        lines.row(
                "index",
                report.lastIndex() < report.firstIndex()
                        ? "none yet"
                        : report.firstIndex() + " to " + report.lastIndex());
        lines.row("epoch", report.epoch());
        lines.row("fed by", report.feeder() + (report.isFed() ? ", this hot store" : feeding(report)));
        lines.row(
                "segments",
                report.count(ArchiveReport.Standing.FOUND) + " found, "
                        + report.count(ArchiveReport.Standing.UPLOADING) + " being uploaded, "
                        + report.count(ArchiveReport.Standing.DELAYED) + " delayed, "
                        + report.count(ArchiveReport.Standing.LOCKED) + " locked, "
                        + report.count(ArchiveReport.Standing.LOST) + " lost");
        if (!report.keys().isEmpty()) {
            lines.row("keys in use", keys(report));
        }
        lines.row(
                "backlog",
                report.backlog() + " (" + ByteSize.ofBytes(report.backlog()).toRoundedString() + ")");
        if (exposed.entries() != UNKNOWN) {
            lines.row(
                    "lost with the hot disk now",
                    exposed.entries() == 0
                            ? "nothing"
                            : exposed.entries() + (exposed.entries() == 1 ? " entry" : " entries") + ", the oldest "
                                    + exposed.seconds() + " s old");
        }
        lines.print(shell.out());
    }

    private String keys(ArchiveReport report) {
        Set<String> configured = archive.keys().stream().map(ArchiveKey::id).collect(Collectors.toSet());
        return report.keys().entrySet().stream()
                .map(key -> key.getKey() + " (" + key.getValue() + (key.getValue() == 1 ? " segment" : " segments")
                        + (configured.contains(key.getKey()) ? ")" : ", not configured)"))
                .collect(Collectors.joining(", "));
    }

    private static String feeding(ArchiveReport report) {
        return report.hotId() == null
                ? "; the hot store here is empty"
                : "; this hot store (" + report.hotId() + ") was taken over";
    }

    private void printJson(ArchiveReport report, Exposed exposed) throws IOException {
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartObject();
            out.writeNumberField("first", report.firstIndex());
            out.writeNumberField("last", report.lastIndex());
            out.writeNumberField("epoch", report.epoch());
            out.writeStringField("feeder", report.feeder().toString());
            out.writeBooleanField("fed", report.isFed());
            out.writeNumberField("found", report.count(ArchiveReport.Standing.FOUND));
            out.writeNumberField("uploading", report.count(ArchiveReport.Standing.UPLOADING));
            out.writeNumberField("delayed", report.count(ArchiveReport.Standing.DELAYED));
            out.writeNumberField("locked", report.count(ArchiveReport.Standing.LOCKED));
            out.writeNumberField("lost", report.count(ArchiveReport.Standing.LOST));
            out.writeObjectFieldStart("keys");
            for (Map.Entry<String, Integer> key : report.keys().entrySet()) {
                out.writeNumberField(key.getKey(), key.getValue());
            }
            out.writeEndObject();
            out.writeNumberField("backlogBytes", report.backlog());
            if (exposed.entries() != UNKNOWN) {
                out.writeNumberField("exposedEntries", exposed.entries());
                out.writeNumberField("exposedSeconds", exposed.seconds());
            }
            out.writeEndObject();
        }
    }
}
