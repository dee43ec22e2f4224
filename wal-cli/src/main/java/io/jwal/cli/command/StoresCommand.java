package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.store.StoreProvider;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the types of store that a configuration may name here. */
@Command(name = "stores", description = "List the types of store that a configuration can name here.")
public final class StoresCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public StoresCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        List<StoreProvider<?>> found = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        load(found, broken);
        found.sort(Comparator.comparing(StoreProvider::type));
        if (json) {
            printJson(found);
        } else {
            Columns table = new Columns().row("TYPE", "PROVIDER", "OPTIONS");
            for (StoreProvider<?> provider : found) {
                table.row(provider.type(), provider.getClass().getName(), String.join(", ", options(provider)));
            }
            table.print(shell.out());
        }
        broken.forEach(reason -> shell.say("a store cannot be loaded: " + reason));
        return broken.isEmpty() ? 0 : ExitCode.PROBLEM.code();
    }

    /** A broken provider does not hide the others. */
    private static void load(List<StoreProvider<?>> found, List<String> broken) {
        @SuppressWarnings("rawtypes")
        Iterator<StoreProvider> providers =
                ServiceLoader.load(StoreProvider.class).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private static List<String> options(StoreProvider<?> provider) {
        RecordComponent[] components = provider.configType().getRecordComponents();
        return components == null
                ? List.of()
                : Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toList());
    }

    private void printJson(List<StoreProvider<?>> found) throws IOException {
        try (JsonGenerator out = Json.pretty(shell.out())) {
            out.writeStartArray();
            for (StoreProvider<?> provider : found) {
                out.writeStartObject();
                out.writeStringField("type", provider.type());
                out.writeStringField("provider", provider.getClass().getName());
                out.writeArrayFieldStart("options");
                for (String option : options(provider)) {
                    out.writeString(option);
                }
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }
}
