package io.jwal.follow;

import io.jwal.Cursor;
import io.jwal.TruncatedException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Follows a log in a process of its own. Says {@code GOT index number} for each entry, {@code CUT} when what it stood on
 * was cut away and it begins again at the first, and at an entry with the number {@link #END} how long entries took to arrive.
 */
final class Follower {
    static final long END = -1;

    private Follower() {}

    /** An entry that says when it was appended. The clock is the machine's, the same for all processes. */
    static byte[] entry(long number) {
        return ByteBuffer.allocate(200)
                .putLong(number)
                .putLong(System.nanoTime())
                .array();
    }

    static long number(byte[] entry) {
        return ByteBuffer.wrap(entry).getLong();
    }

    /** Arguments: the directory of the log, the first index. */
    public static void main(String[] arguments) {
        Latencies latencies = new Latencies();
        try (WalReader reader = JWal.openReader(FollowerTest.config(Path.of(arguments[0])))) {
            long from = Long.parseLong(arguments[1]);
            System.out.println("READY");
            while (true) {
                try (Cursor cursor = reader.cursor(from)) {
                    while (follow(cursor, latencies)) {
                        from = cursor.index() + 1;
                    }
                    System.out.println("END " + latencies);
                    return;
                } catch (TruncatedException e) {
                    System.out.println("CUT");
                    from = e.firstIndex();
                }
            }
        }
    }

    /** False at the end. */
    private static boolean follow(Cursor cursor, Latencies latencies) {
        if (!cursor.next(Duration.ofMinutes(2))) {
            throw new IllegalStateException("nothing came");
        }
        ByteBuffer entry = cursor.entry();
        long number = entry.getLong();
        latencies.add(System.nanoTime() - entry.getLong());
        System.out.println("GOT " + cursor.index() + " " + number);
        return number != END;
    }

    private static final class Latencies {
        private long[] nanos = new long[1024];
        private int count;

        void add(long one) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = one;
        }

        @Override
        public String toString() {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return "%d entries, from append called to entry read: median %d µs, 99 %% %d µs, most %d µs"
                    .formatted(
                            count,
                            sorted[count / 2] / 1000,
                            sorted[(int) (count * 0.99)] / 1000,
                            sorted[count - 1] / 1000);
        }
    }
}
