package io.jwal.cli.command;

import io.jwal.Wal;
import io.jwal.cli.entry.ArgumentInput;
import io.jwal.cli.entry.EntryInput;
import io.jwal.cli.entry.RefusedInputException;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Shell;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Appends entries as they come. */
@Command(name = "append", description = "Append the arguments, or else what comes on standard input, as it comes.")
public final class AppendCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final LogChoice log;

    @Mixin
    private final InputFormat format = new InputFormat();

    @Option(
            names = "--ack",
            description = "Make each entry durable before the next one is read, and write ACK and its index then.")
    private boolean ack;

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "An entry each, in UTF-8.")
    private final List<String> texts = new ArrayList<>();

    /** A command of a shell. */
    public AppendCommand(Shell shell) {
        this.shell = shell;
        this.log = new LogChoice(shell);
    }

    @Override
    public Integer call() throws IOException {
        WalConfig config = log.config();
        try (Wal wal = JWal.open(config)) {
            long before = wal.lastIndex();
            EntryInput input = input(config.maxEntry().bytes());
            try {
                append(wal, input);
            } catch (RefusedInputException e) {
                wal.sync();
                throw new CommandFailure(ExitCode.MISUSE, e.getMessage() + "; " + appended(wal, before), e);
            }
            wal.sync();
            if (!ack) {
                shell.out().line(appended(wal, before));
            }
        }
        return 0;
    }

    private EntryInput input(long maxEntry) throws IOException {
        if (texts.isEmpty()) {
            return format.format().input(shell.in(), "standard input", maxEntry);
        }
        if (format.isGiven()) {
            throw new CommandFailure(
                    ExitCode.MISUSE, "arguments are entries as they are; a format goes with standard input only");
        }
        return new ArgumentInput(texts, maxEntry);
    }

    private void append(Wal wal, EntryInput input) throws IOException, RefusedInputException {
        CompletableFuture<Long> newest = CompletableFuture.completedFuture(0L);
        for (byte[] entry = input.next(); entry != null; entry = input.next()) {
            if (ack) {
                long index = wal.append(entry);
                wal.sync(); // nothing to do, unless the configuration promises less than that
                shell.out().line("ACK " + index);
                shell.out().flush();
            } else {
                newest = after(newest, wal.appendAsync(entry));
            }
        }
        join(newest);
    }

    /** Futures complete in order and a failed one fails all after it, so the newest says it for all before it. */
    private static CompletableFuture<Long> after(CompletableFuture<Long> earlier, CompletableFuture<Long> newest) {
        if (earlier.isCompletedExceptionally()) {
            join(earlier);
        }
        return newest;
    }

    private static void join(CompletableFuture<Long> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static String appended(Wal wal, long before) {
        long count = wal.lastIndex() - before;
        return count == 0
                ? "nothing was appended"
                : "appended " + count + (count == 1 ? " entry" : " entries") + ", index " + (before + 1) + " to "
                        + wal.lastIndex() + ", durable";
    }
}
