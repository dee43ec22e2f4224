package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.ConfigException;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with a configuration file, or what it means. */
@Command(
        name = "check",
        description = "Say everything that is wrong with a configuration file; or what it means, defaults included."
                + " Opens nothing.")
public final class CheckConfigCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private @Nullable Path file;

    /** A command of a shell. */
    public CheckConfigCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Path checked = java.util.Objects.requireNonNull(file);
        WalConfig config;
        try {
            config = WalConfig.load(checked);
        } catch (ConfigException e) {
            printProblems(checked, e.problems());
            return ExitCode.PROBLEM.code();
        }
        Map<String, String> options = EffectiveOptions.of(config);
        if (json) {
            printJson(options);
        } else {
            shell.out().line(checked + ": right; it means");
            Columns lines = new Columns();
            options.forEach((name, value) -> lines.row("  " + name, value));
            lines.print(shell.out());
        }
        return 0;
    }

    private void printProblems(Path checked, List<ConfigException.Problem> problems) throws IOException {
        if (!json) {
            for (ConfigException.Problem problem : problems) {
                shell.out().line(checked + ": " + problem);
            }
            return;
        }
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartObject();
            out.writeArrayFieldStart("problems");
            for (ConfigException.Problem problem : problems) {
                out.writeStartObject();
                out.writeStringField("path", problem.path());
                out.writeStringField("message", problem.message());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private void printJson(Map<String, String> options) throws IOException {
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartObject();
            out.writeArrayFieldStart("problems");
            out.writeEndArray();
            out.writeObjectFieldStart("options");
            for (Map.Entry<String, String> option : options.entrySet()) {
                out.writeStringField(option.getKey(), option.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
    }
}
