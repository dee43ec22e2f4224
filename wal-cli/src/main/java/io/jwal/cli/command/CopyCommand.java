package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies a log to another store. */
@Command(
        name = "copy",
        description = {
            "Copy a log to another store: the same entries at the same indexes, and the consumers' positions.",
            "Run again after an interruption, it goes on where it was. At the end both logs are read and compared."
                    + " Entries get new times."
        })
public final class CopyCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            required = true,
            description = "The configuration of the log to copy.")
    private @Nullable Path from;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The configuration of the copy.")
    private @Nullable Path to;

    /** A command of a shell. */
    public CopyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        WalConfig source = WalConfig.load(Objects.requireNonNull(from));
        WalConfig target = WalConfig.load(Objects.requireNonNull(to));
        try (WalReader reader = JWal.openReader(source);
                Wal wal = JWal.open(target)) {
            LogCopy copy = new LogCopy(reader, wal, target.commitMaxBytes().bytes(), reader.lastIndex());
            shell.out().line(copy.run(shell));
        }
        return 0;
    }
}
