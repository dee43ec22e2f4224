package io.jwal.syscalls;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a log through all that touches the disk, and says what was done by making a directory for it: that is a call of
 * the system like the others, so it has its place in the trace among them. After a failure it goes on trying, because
 * nothing may come of that.
 */
final class TracedWriter {
    static final String APPENDED = "appended-";
    static final String FIRST = "first-";
    static final String LAST = "last-";
    static final String CUTTING = "cutting-";
    static final String FAILED = "failed-";
    static final String CLOSED = "closed";

    static final int CONTENT_BYTES = 300;
    private static final int ROUNDS = 4;
    private static final int APPENDS = 12;

    private final Wal wal;
    private final File said;
    private int failures;

    private TracedWriter(Wal wal, File said) {
        this.wal = wal;
        this.said = said;
    }

    static WalConfig config(Path directory) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(16))
                .commitMaxBytes(ByteSize.ofKibibytes(8))
                .build();
    }

    /** What the entry at an index holds; it is the same however often the index is cut away and given again. */
    static byte[] content(long index) {
        byte[] bytes = new byte[CONTENT_BYTES];
        new Random(index).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(index);
        return bytes;
    }

    /** Arguments: the log's directory, the one in which it says what was done. */
    public static void main(String[] arguments) {
        File said = new File(arguments[1]);
        Wal wal;
        try {
            wal = JWal.open(config(Path.of(arguments[0])));
        } catch (WalException e) {
            System.out.println("OPEN " + e);
            return;
        }
        TracedWriter writer = new TracedWriter(wal, said);
        for (int round = 1; round <= ROUNDS; round++) {
            writer.round(round);
        }
        writer.attempt(CLOSED, wal::close);
    }

    private void round(int round) {
        for (int i = 0; i < APPENDS; i++) {
            long next = wal.lastIndex() + 1;
            attempt(APPENDED + next + "-" + round, () -> wal.append(content(next)));
        }
        long last = Math.max(wal.firstIndex() - 1, wal.lastIndex() - 2);
        say(CUTTING + last + "-" + round);
        attempt(LAST + last + "-" + round, () -> wal.truncateAfter(last));
        long first = Math.max(wal.firstIndex(), wal.lastIndex() - 4);
        attempt(FIRST + first + "-" + round, () -> wal.truncateBefore(first));
        attempt("property-" + round, () -> wal.setProperty("term", (round + "").getBytes(StandardCharsets.UTF_8)));
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (WalException e) {
            System.out.println(what + " " + e.getClass().getSimpleName());
            what = FAILED + ++failures;
        }
        say(what);
    }

    private void say(String what) {
        if (!new File(said, what).mkdir()) {
            throw new IllegalStateException("said already: " + what);
        }
    }
}
