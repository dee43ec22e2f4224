package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.WalReader;
import io.jwal.cli.shell.Output;
import io.jwal.cli.shell.Shell;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the consumers of a log. */
@Command(name = "consumers", description = "List the consumers and their positions; or remove one.")
public final class ConsumersCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public ConsumersCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    /** Which log is meant, also for the commands below this one. */
    LogChoice log() {
        return log;
    }

    @Override
    public Integer call() throws IOException {
        try (WalReader wal = log.openReader()) {
            Map<String, Long> consumers = wal.consumers();
            long end = wal.durableIndex() + 1;
            if (json) {
                printJson(consumers, end, shell.out());
            } else if (consumers.isEmpty()) {
                shell.out().line("no consumers");
            } else {
                Columns table = new Columns().row("CONSUMER", "NEXT INDEX", "BEHIND");
                consumers.forEach((name, position) -> table.row(name, position, end - position));
                table.print(shell.out());
            }
        }
        return 0;
    }

    private static void printJson(Map<String, Long> consumers, long end, Output out) throws IOException {
        try (JsonGenerator json = Json.pretty(out)) {
            json.writeStartArray();
            for (Map.Entry<String, Long> consumer : consumers.entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", consumer.getKey());
                json.writeNumberField("next", consumer.getValue());
                json.writeNumberField("behind", end - consumer.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
