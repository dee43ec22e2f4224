package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies what an archive holds into a store of any type. */
@Command(
        name = "restore",
        description = {
            "Copy what the archive holds into another log, of any type; all of it, or up to an index or a time.",
            "The archive is only read, and its log may be written meanwhile. Run again after an interruption, it goes on."
        })
public final class ArchiveRestoreCommand implements Callable<Integer> {
    private final Shell shell;
    private final ArchiveChoice archive;

    @Mixin
    private final LogChoice log;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The configuration of the new log.")
    private @Nullable Path to;

    @Option(names = "--until-index", paramLabel = "INDEX", description = "The last entry to restore.")
    private @Nullable Long untilIndex;

    @Option(
            names = "--until-time",
            paramLabel = "TIME",
            description = "Restore what was committed before this time, such as 2026-01-02T03:04:05Z.")
    private @Nullable Instant untilTime;

    /** A command of a shell. */
    public ArchiveRestoreCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
        this.archive = new ArchiveChoice(log);
    }

    @Override
    public Integer call() throws IOException {
        WalConfig target = WalConfig.load(Objects.requireNonNull(to));
        try (WalReader reader = JWal.openReader(archive.archived())) {
            long last = last(reader);
            try (Wal wal = JWal.open(target)) {
                LogCopy copy = new LogCopy(reader, wal, target.commitMaxBytes().bytes(), last);
                shell.out().line(copy.run(shell));
            }
        }
        return 0;
    }

    private long last(WalReader reader) {
        long last = untilTime == null ? reader.lastIndex() : reader.indexAt(untilTime) - 1;
        if (untilIndex != null) {
            if (untilIndex < reader.firstIndex() - 1 || untilIndex > reader.lastIndex()) {
                throw new CommandFailure(
                        ExitCode.OUT_OF_RANGE,
                        "the archive holds " + reader.firstIndex() + " to " + reader.lastIndex() + ", but not "
                                + untilIndex);
            }
            last = Math.min(last, untilIndex);
        }
        return last;
    }
}
