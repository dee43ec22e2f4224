package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.Wal;
import io.jwal.cli.shell.Output;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.util.Locale;

/** Tells what an import has done. */
final class ImportSummary {
    private static final double NANOS = 1e9;

    private final Wal wal;
    private final EntryPlacement placement;
    private final long started = System.nanoTime();
    private long bytes;
    private boolean lacksNewline;

    /** How it is told. */
    enum Form {
        TEXT,
        JSON,
        NONE
    }

    /** The clock starts here. */
    ImportSummary(Wal wal, EntryPlacement placement) {
        this.wal = wal;
        this.placement = placement;
    }

    /** A file was read to its end, so many bytes in all by now. */
    void read(long allBytes, boolean endedWithoutNewline) {
        bytes = allBytes;
        lacksNewline = endedWithoutNewline;
    }

    /** What an import that stopped half-way has left behind, and how to go on. */
    String soFar() {
        long first = placement.first();
        long durable = Math.min(placement.last(), wal.durableIndex());
        if (first == 0 || durable < first) {
            return "nothing was imported";
        }
        return "index " + first + " to " + durable + " is imported and durable; to go on, " + placement.nextStep();
    }

    /** The same for somebody who pressed Ctrl-C. */
    String interrupted() {
        return "interrupted; " + soFar();
    }

    void print(Output out, Form form) throws IOException {
        double seconds = (System.nanoTime() - started) / NANOS;
        switch (form) {
            case TEXT -> printText(out, seconds);
            case JSON -> printJson(out, seconds);
            case NONE -> {}
        }
    }

    private void printText(Output out, double seconds) throws IOException {
        out.line(String.format(
                Locale.ROOT,
                "imported %d entries (%s) in %.2f s: %s/s, %.0f entries/s",
                placement.appended(),
                ByteSize.ofBytes(bytes).toRoundedString(),
                seconds,
                ByteSize.ofBytes((long) (bytes / seconds)).toRoundedString(),
                placement.appended() / seconds));
        if (placement.found() > 0) {
            out.line(placement.found() + " entries were there already");
        }
        if (placement.appended() > 0) {
            out.line("index " + (wal.lastIndex() - placement.appended() + 1) + " to " + wal.lastIndex()
                    + ", durable up to " + wal.durableIndex());
        }
        if (lacksNewline) {
            out.line("the last line has no newline; cat writes one, cat --no-final-newline does not");
        }
    }

    private void printJson(Output out, double seconds) throws IOException {
        try (JsonGenerator json = Json.pretty(out)) {
            json.writeStartObject();
            json.writeNumberField("entries", placement.appended());
            json.writeNumberField("alreadyThere", placement.found());
            json.writeNumberField("bytes", bytes);
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("first", wal.lastIndex() - placement.appended() + 1);
            json.writeNumberField("last", wal.lastIndex());
            json.writeNumberField("durable", wal.durableIndex());
            json.writeBooleanField("lastLineLacksNewline", lacksNewline);
            json.writeEndObject();
        }
    }
}
