package io.jwal.cli.command;

import io.jwal.Entry;
import io.jwal.Wal;
import io.jwal.cli.entry.EntryInput;
import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts imported entries where they belong: behind the end of the log, or at the index that is named for them. Those that
 * the log has already are compared instead, so that an import can be run again until it is through.
 */
final class EntryPlacement {
    private final Wal wal;
    private final BatchedAppend append;
    private final boolean named;
    private final boolean wasEmpty;
    private final long firstBefore;
    private final long lastBefore;
    private volatile long next;
    private volatile long first;
    private long appended;
    private long found;

    /**
     * Entries of one import.
     *
     * @param at where the first one belongs, or null for behind the end
     * @param named whether each names its index instead
     */
    EntryPlacement(Wal wal, long maxBatch, @Nullable Long at, boolean named) {
        this.wal = wal;
        this.append = new BatchedAppend(wal, maxBatch);
        this.named = named;
        this.wasEmpty = wal.isEmpty();
        this.firstBefore = wal.firstIndex();
        this.lastBefore = wal.lastIndex();
        this.next = at == null ? lastBefore + 1 : at;
        this.first = named ? 0 : next;
        if (next < 1 || (next > lastBefore + 1 && !wasEmpty)) {
            throw new CommandFailure(
                    ExitCode.OUT_OF_RANGE,
                    "an import cannot begin at " + next + ": the log holds " + firstBefore + " to " + lastBefore
                            + ", so 1 to " + (lastBefore + 1) + " can follow");
        }
    }

    /** Places the entry that was just taken from an input. */
    void add(byte[] content, EntryInput input) {
        long index = named ? namedIndex(input) : next;
        if (index > lastBefore) {
            append.add(new Entry(index, content));
            appended++;
        } else {
            compare(index, content, input);
            found++;
        }
        if (first == 0) {
            first = index;
        }
        next = index + 1;
    }

    private void compare(long index, byte[] content, EntryInput input) {
        if (index >= firstBefore && !Arrays.equals(content, wal.read(index))) {
            throw new CommandFailure(
                    ExitCode.MISUSE,
                    input.place() + ": entry " + index + " of the log is another one, so this is not the input that was"
                            + " imported there");
        }
    }

    private long namedIndex(EntryInput input) {
        long index = input.index();
        boolean begins = first == 0 && (index <= lastBefore + 1 || wasEmpty);
        if (index == 0 || (!begins && index != next)) {
            throw new CommandFailure(
                    ExitCode.MISUSE,
                    input.place() + ": " + (index == 0 ? "it names no index" : "it names index " + index) + ", but "
                            + next + " comes next");
        }
        return index;
    }

    /** Waits until all are durable. */
    void finish() {
        append.finish();
    }

    /** The index of the first entry of the import, 0 if that is not known yet. */
    long first() {
        return first;
    }

    /** The index of the last entry that was placed; below the first if none was. */
    long last() {
        return next - 1;
    }

    /** What brings the rest in after an import that stopped half-way. */
    String nextStep() {
        return "run the same import " + (named ? "again" : "with --at " + first);
    }

    /** How many entries were appended, or are about to be. */
    long appended() {
        return appended;
    }

    /** How many entries the log had already. */
    long found() {
        return found;
    }
}
