package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Forgets a consumer's position. */
@Command(
        name = "remove",
        description = "Forget a consumer's position; retention no longer waits for it, and it would begin anew.")
public final class RemoveConsumerCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @ParentCommand
    private @Nullable ConsumersCommand consumers;

    @Parameters(paramLabel = "NAME", description = "The consumer.")
    private String name = "";

    /** A command of a shell. */
    public RemoveConsumerCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        LogChoice chosen = consumers == null || log.isGiven() ? log : consumers.log();
        try (WalReader wal = chosen.openReader()) {
            Set<String> known = wal.consumers().keySet();
            if (!known.contains(name)) {
                throw new CommandFailure(
                        ExitCode.OUT_OF_RANGE,
                        "the log has no consumer \"" + name + "\"; "
                                + (known.isEmpty() ? "it has none at all" : "there are " + String.join(", ", known)));
            }
        }
        try (Wal wal = chosen.open()) {
            wal.removeConsumer(name);
            shell.out().line("removed " + name);
        }
        return 0;
    }
}
