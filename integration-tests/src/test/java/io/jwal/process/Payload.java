package io.jwal.process;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * The content of an entry that says itself what it is: which part of which attempt to append. Its length and bytes
 * follow from the two, so that nothing else looks like it.
 *
 * @param attempt the number of the call that appended it
 * @param part its place in the call's batch, from 0
 */
record Payload(long attempt, int part) {
    private static final int MAX_FILL = 300;

    byte[] bytes() {
        Random random = new Random(attempt * 31 + part);
        byte[] fill = new byte[random.nextInt(MAX_FILL)];
        random.nextBytes(fill);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + fill.length)
                .putLong(attempt)
                .putInt(part)
                .put(fill)
                .array();
    }

    /** Reads a payload, and refuses one that anything in has changed. */
    static Payload of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Payload payload = new Payload(buffer.getLong(), buffer.getInt());
        if (!Arrays.equals(payload.bytes(), bytes)) {
            throw new IllegalStateException("not the content of " + payload);
        }
        return payload;
    }
}
