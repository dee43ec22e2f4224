package io.jwal.cli.command;

import io.jwal.cli.shell.Output;
import io.jwal.core.LogInspector;
import io.jwal.core.LogInspector.BatchDetails;
import io.jwal.core.LogInspector.SegmentDetails;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Shows people how a log is laid out. */
final class InspectionText {
    private static final String SEGMENT = "%-25s  %-11s  %16s  %12s  %12s  %12s  %11s  %-24s  %-24s%s";
    private static final String BATCH = "  %11s  %10s  %12s  %12s  %8s  %12s  %-24s%s";

    private final LogInspector inspector;
    private final LogManifest manifest;
    private final boolean batches;

    InspectionText(LogInspector inspector, LogManifest manifest, boolean batches) {
        this.inspector = inspector;
        this.manifest = manifest;
        this.batches = batches;
    }

    void print(List<LogManifest.Segment> segments, Output out) throws IOException {
        Columns lines = new Columns();
        lines.row("epoch", manifest.epoch());
        lines.row("first index", manifest.firstIndex());
        lines.row("durable index", manifest.durableIndex() + " when the manifest was written");
        lines.row("cuts", manifest.cutCounter());
        for (LogManifest.Cut cut : manifest.cuts()) {
            lines.row("  cut " + cut.counter(), "after " + cut.lastIndex());
        }
        for (SegmentId unnamed : inspector.unnamedSegments(manifest)) {
            lines.row("not named", unnamed + ", left behind or just made");
        }
        lines.print(out);
        line(out, SEGMENT, "SEGMENT", "STATE", "SALT", "FIRST", "LAST", "ENTRIES", "BYTES", "FROM", "TO", "");
        for (LogManifest.Segment segment : segments) {
            SegmentDetails details = inspector.details(segment);
            print(details, out);
            if (batches && details.problem().isEmpty()) {
                printBatches(segment, out);
            }
        }
    }

    private static void print(SegmentDetails segment, Output out) throws IOException {
        boolean known = segment.firstIndex() > 0;
        line(
                out,
                SEGMENT,
                segment.id(),
                segment.state().name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%016x", segment.salt()),
                known ? segment.firstIndex() : "-",
                known ? segment.lastIndex() : "-",
                known ? segment.lastIndex() - segment.firstIndex() + 1 : "-",
                segment.bytes(),
                known ? segment.firstTime() : "-",
                known ? segment.lastTime() : "-",
                segment.problem().isEmpty() ? "" : "  " + segment.problem());
    }

    private void printBatches(LogManifest.Segment segment, Output out) throws IOException {
        line(out, BATCH, "OFFSET", "BYTES", "FIRST", "LAST", "ENTRIES", "DURABLE", "TIME", "");
        inspector.batches(segment, batch -> {
            try {
                print(batch, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void print(BatchDetails batch, Output out) throws IOException {
        boolean is = batch.entries() > 0;
        Instant time = batch.time();
        line(
                out,
                BATCH,
                batch.offset(),
                batch.bytes(),
                is ? batch.firstIndex() : "-",
                is ? batch.lastIndex() : "-",
                batch.entries(),
                is ? batch.durableIndex() : "-",
                is ? time : "-",
                batch.sound() ? "" : is ? "  damaged" : "  no batch verifies here");
    }

    @SuppressWarnings("AnnotateFormatMethod") // needs an annotation of Error Prone's own; the patterns are constants
    private static void line(Output out, String pattern, Object... values) throws IOException {
        out.line(String.format(Locale.ROOT, pattern, values).stripTrailing());
    }
}
