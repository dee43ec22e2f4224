package io.jwal.archive;

import io.jwal.Wal;
import io.jwal.core.JWal;
import java.nio.file.Path;

/** Appends without end to the log of a configuration, and says from time to time what is durable and what is archived. */
final class ArchivedWriter {
    private static final int SAID_EVERY = 500;

    private ArchivedWriter() {}

    /** Takes the configuration, and how many entries to append at most. */
    public static void main(String[] arguments) {
        long most = Long.parseLong(arguments[1]);
        try (Wal wal = JWal.open(Path.of(arguments[0]))) {
            for (long index = wal.lastIndex() + 1; index <= most; index++) {
                wal.appendAsync(DisasterTest.entry(index));
                if (index % SAID_EVERY == 0) {
                    wal.sync();
                    System.out.println(
                            wal.durableIndex() + " " + wal.stats().store().get("archive.last.index"));
                }
            }
        }
    }
}
