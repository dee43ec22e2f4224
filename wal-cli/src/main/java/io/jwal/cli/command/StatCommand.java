package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.WalReader;
import io.jwal.WalStats;
import io.jwal.cli.shell.Shell;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a log holds. */
@Command(name = "stat", description = "Say what the log holds.")
public final class StatCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public StatCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        try (WalReader wal = log.openReader()) {
            Map<String, Long> consumers = wal.consumers(); // before the end, or they might be ahead of it
            if (json) {
                printJson(wal.stats(), consumers);
            } else {
                printText(wal.stats(), consumers);
            }
        }
        return 0;
    }

    private void printText(WalStats stats, Map<String, Long> consumers) throws IOException {
        Columns lines = new Columns();
        lines.row("log", log.description());
        lines.row("entries", stats.entries());
        lines.row(
                "index",
                stats.entries() == 0
                        ? "none yet; the next one is " + stats.firstIndex()
                        : stats.firstIndex() + " to " + stats.lastIndex());
        lines.row("durable", "up to " + stats.durableIndex());
        lines.row("epoch", stats.epoch());
        WalStats.Segments segments = stats.segments();
        lines.row(
                "segments",
                segments.sealed() + " sealed, " + segments.open() + " open"
                        + (segments.quarantined() == 0 ? "" : ", " + segments.quarantined() + " quarantined"));
        lines.row(
                "bytes",
                segments.bytes() + " (" + ByteSize.ofBytes(segments.bytes()).toRoundedString() + ")");
        consumers.forEach((name, position) -> lines.row(
                "consumer", name + " at " + position + ", " + (stats.lastIndex() + 1 - position) + " behind"));
        new TreeMap<>(stats.store()).forEach((name, count) -> {
            if (count != 0) {
                lines.row("store", name + " " + count);
            }
        });
        lines.print(shell.out());
    }

    private void printJson(WalStats stats, Map<String, Long> consumers) throws IOException {
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartObject();
            out.writeStringField("store", log.config().storeType());
            out.writeNumberField("first", stats.firstIndex());
            out.writeNumberField("last", stats.lastIndex());
            out.writeNumberField("entries", stats.entries());
            out.writeNumberField("durable", stats.durableIndex());
            out.writeNumberField("epoch", stats.epoch());
            out.writeObjectFieldStart("segments");
            out.writeNumberField("sealed", stats.segments().sealed());
            out.writeNumberField("open", stats.segments().open());
            out.writeNumberField("quarantined", stats.segments().quarantined());
            out.writeEndObject();
            out.writeNumberField("bytes", stats.segments().bytes());
            writeNumbers(out, "consumers", consumers);
            writeNumbers(out, "storeCounters", new TreeMap<>(stats.store()));
            out.writeEndObject();
        }
    }

    private static void writeNumbers(JsonGenerator out, String name, Map<String, Long> numbers) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> number : numbers.entrySet()) {
            out.writeNumberField(number.getKey(), number.getValue());
        }
        out.writeEndObject();
    }
}
