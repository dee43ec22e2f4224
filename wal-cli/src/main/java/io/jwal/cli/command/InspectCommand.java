package io.jwal.cli.command;

import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.LogInspector;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how a log is laid out. */
@Command(name = "inspect", description = "Show the manifest, the segments, and with --batches what is in them.")
public final class InspectCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Option(names = "--batches", description = "Show the batches of every segment, too.")
    private boolean batches;

    @Option(names = "--segment", paramLabel = "ID", description = "Only this segment.")
    private @Nullable SegmentId segment;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** A command of a shell. */
    public InspectCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        try (LogInspector inspector = LogInspector.open(log.config())) {
            LogManifest manifest = inspector.manifest();
            List<LogManifest.Segment> chosen = chosen(manifest);
            if (json) {
                new InspectionJson(inspector, manifest, batches).print(chosen, shell.out());
            } else {
                new InspectionText(inspector, manifest, batches).print(chosen, shell.out());
            }
        }
        return 0;
    }

    private List<LogManifest.Segment> chosen(LogManifest manifest) {
        SegmentId wanted = segment;
        if (wanted == null) {
            return manifest.segments();
        }
        return List.of(manifest.segments().stream()
                .filter(candidate -> candidate.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.OUT_OF_RANGE, "the log has no segment " + wanted + "; `wal inspect` lists them")));
    }
}
