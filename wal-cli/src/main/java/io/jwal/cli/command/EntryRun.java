package io.jwal.cli.command;

import io.jwal.Cursor;
import io.jwal.cli.entry.EntryOutput;
import java.io.IOException;

/** Writes the entries that a cursor comes to. */
final class EntryRun {
    private final Cursor cursor;
    private final EntryOutput out;
    private long next;

    /** A run from an index, which the cursor moves to first. */
    EntryRun(Cursor cursor, long from, EntryOutput out) {
        this.cursor = cursor;
        this.next = from;
        this.out = out;
    }

    /** Writes what is there now, up to an index. */
    void writeUpTo(long last) throws IOException {
        while (next <= last && cursor.next()) {
            write();
        }
    }

    /** Writes the entry that the cursor stands on. */
    void write() throws IOException {
        out.write(cursor.index(), cursor.time(), cursor.entry());
        next = cursor.index() + 1;
    }
}
