package io.jwal.cli.command;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalReader;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Progress;
import io.jwal.cli.shell.Shell;
import java.util.List;
import java.util.Map;

/**
 * Copies the entries of a log to another one under their indexes, with consumers and properties, goes on where an earlier run ended, and reads both again
 * at the end.
 */
final class LogCopy {
    private static final int MAX_ENTRIES = 10_000;

    private final WalReader from;
    private final Wal to;
    private final long batchBytes;
    private final long last;
    private final long begin;
    private long copied;

    /**
     * A copy.
     *
     * @param from the log that is copied
     * @param to the log that it is copied to
     * @param batchBytes how much is committed at once
     * @param last the last index to copy
     */
    LogCopy(WalReader from, Wal to, long batchBytes, long last) {
        this.from = from;
        this.to = to;
        this.batchBytes = batchBytes;
        this.last = last;
        long first = from.firstIndex();
        this.begin = to.isEmpty() && to.lastIndex() < first ? first : to.lastIndex() + 1;
        if (begin < first || to.lastIndex() > last) {
            throw new CommandFailure(
                    ExitCode.MISUSE,
                    "the other log holds " + to.firstIndex() + " to " + to.lastIndex()
                            + ", so it is no beginning of a copy of " + first + " to " + last
                            + "; copy to an empty log, or to the one that an interrupted copy left");
        }
    }

    /** Copies and verifies; says what it has done. */
    String run(Shell shell) {
        copy(shell);
        long first = Math.max(from.firstIndex(), to.firstIndex());
        verify(first, shell);
        copyConsumers();
        copyProperties();
        return "copied " + copied + (copied == 1 ? " entry" : " entries")
                + (copied == last - first + 1 ? "" : ", the others were there") + "; both logs hold "
                + (last < first ? "no entry" : "equal entries at " + first + " to " + last);
    }

    private void copy(Shell shell) {
        try (Progress progress = Progress.ofEntries(shell, "copy", last - begin + 1)) {
            long next = begin;
            while (next <= last) {
                List<Entry> run = from.read(next, (int) Math.min(MAX_ENTRIES, last - next + 1), batchBytes);
                to.writeAll(run);
                next += run.size();
                copied += run.size();
                progress.at(copied);
            }
            to.sync();
        }
    }

    private void verify(long first, Shell shell) {
        if (last < first) {
            return;
        }
        try (Progress progress = Progress.ofEntries(shell, "verify", last - first + 1);
                Cursor left = from.cursor(first);
                Cursor right = to.cursor(first)) {
            for (long index = first; index <= last; index++) {
                if (!left.next() || !right.next() || !left.entry().equals(right.entry())) {
                    throw new CommandFailure(
                            ExitCode.PROBLEM,
                            "entry " + index + " is another one in the copy; it was there before, so this is no copy of"
                                    + " that log: copy to an empty one");
                }
                progress.at(index - first + 1);
            }
        }
    }

    private void copyConsumers() {
        for (Map.Entry<String, Long> consumer : from.consumers().entrySet()) {
            try (WalConsumer copy = to.consumer(consumer.getKey())) {
                copy.seek(Math.max(to.firstIndex(), Math.min(consumer.getValue(), to.lastIndex() + 1)));
                copy.commit();
            }
        }
    }

    private void copyProperties() {
        for (String name : from.propertyNames()) {
            from.property(name).ifPresent(value -> to.setProperty(name, value));
        }
    }
}
