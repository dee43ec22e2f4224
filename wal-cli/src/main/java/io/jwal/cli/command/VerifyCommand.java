package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Progress;
import io.jwal.cli.shell.Shell;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.store.ByteSize;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads every byte of a log and says what is wrong. */
@Command(
        name = "verify",
        description = {
            "Read every byte of the log, and say what it holds and everything that is wrong.",
            "The digest is equal for two logs that hold the same entries at the same indexes: SHA-256 over, for each"
                    + " entry in order, its index (8 bytes) and length (4 bytes), both little-endian, and its content."
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public VerifyCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        try (LogInspector inspector = LogInspector.open(log.config())) {
            Verification found = verify(inspector);
            if (json) {
                printJson(found);
            } else {
                printText(found);
            }
            return found.isSound() ? ExitCode.OK.code() : ExitCode.PROBLEM.code();
        }
    }

    private Verification verify(LogInspector inspector) {
        try (ProgressOfVerification progress = new ProgressOfVerification(shell)) {
            return inspector.verify(progress);
        }
    }

    /** The length of the whole is known only when verification begins. */
    private static final class ProgressOfVerification implements Verification.Progress, AutoCloseable {
        private final Shell shell;
        private Progress bar;
        private long length = Progress.UNKNOWN;

        ProgressOfVerification(Shell shell) {
            this.shell = shell;
            this.bar = Progress.NONE;
        }

        @Override
        public void at(long done, long all) {
            if (all != length) {
                bar.close();
                bar = Progress.of(shell, "verify", all);
                length = all;
            }
            bar.at(done);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private void printText(Verification found) throws IOException {
        for (Verification.Finding finding : found.findings()) {
            shell.out().line("problem: " + finding);
        }
        if (found.findingCount() > found.findings().size()) {
            shell.out()
                    .line("problem: and "
                            + (found.findingCount() - found.findings().size()) + " more");
        }
        Columns lines = new Columns();
        lines.row("first", found.firstIndex());
        lines.row("last", found.lastIndex());
        lines.row("entries", found.entries());
        lines.row(
                "bytes", found.bytes() + " (" + ByteSize.ofBytes(found.bytes()).toRoundedString() + ")");
        lines.row("digest", digest(found));
        if (found.tornBytes() > 0) {
            lines.row("torn", found.tornBytes() + " bytes of a write that was never acknowledged");
        }
        if (found.quarantined() > 0) {
            lines.row("quarantined", found.quarantined() + " segments, set aside by salvage, not looked at");
        }
        for (SegmentId unnamed : found.unnamed()) {
            lines.row("not named", unnamed + ", left behind or just made; harmless");
        }
        lines.row("problems", found.isSound() ? "none" : found.findingCount());
        lines.print(shell.out());
    }

    private static String digest(Verification found) {
        if (found.digest() != null) {
            return "sha256 " + found.digest();
        }
        return found.cutMeanwhile()
                ? "none: the log was cut again and again while it was read"
                : "none: not every entry can be read";
    }

    private void printJson(Verification found) throws IOException {
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartObject();
            out.writeNumberField("first", found.firstIndex());
            out.writeNumberField("last", found.lastIndex());
            out.writeNumberField("entries", found.entries());
            out.writeNumberField("bytes", found.bytes());
            out.writeStringField("digest", found.digest());
            out.writeNumberField("tornBytes", found.tornBytes());
            out.writeBooleanField("cutMeanwhile", found.cutMeanwhile());
            out.writeNumberField("quarantined", found.quarantined());
            out.writeArrayFieldStart("unnamedSegments");
            for (SegmentId unnamed : found.unnamed()) {
                out.writeString(unnamed.toString());
            }
            out.writeEndArray();
            out.writeNumberField("problemCount", found.findingCount());
            out.writeArrayFieldStart("problems");
            for (Verification.Finding finding : found.findings()) {
                printJson(out, finding);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void printJson(JsonGenerator out, Verification.Finding finding) throws IOException {
        out.writeStartObject();
        if (finding.segment().isPresent()) {
            out.writeStringField("segment", finding.segment().get().toString());
        }
        if (finding.offset().isPresent()) {
            out.writeNumberField("offset", finding.offset().getAsLong());
        }
        if (finding.index().isPresent()) {
            out.writeNumberField("index", finding.index().getAsLong());
        }
        out.writeStringField("what", finding.what());
        out.writeEndObject();
    }
}
