package io.jwal.concurrency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** What an entry holds: it says itself whether it is whole. */
final class Payload {
    private static final int MOST_FILL = 200;

    private Payload() {}

    /** The content that belongs to two numbers. */
    static byte[] of(long one, long other) {
        Random random = new Random(one * 31 + other);
        byte[] bytes = new byte[2 * Long.BYTES + random.nextInt(MOST_FILL)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putLong(one).putLong(other).array();
    }

    /** Refuses what is not whole. */
    static void check(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(bytes, of(in.getLong(), in.getLong()))) {
            throw new AssertionError("not whole: " + Arrays.toString(bytes));
        }
    }

    /** Refuses what belongs to another number. */
    static void check(byte[] bytes, long one) {
        if (!Arrays.equals(bytes, of(one, 0))) {
            throw new AssertionError("not that of " + one + ": " + Arrays.toString(bytes));
        }
    }
}
