package io.jwal.store.s3.format;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A random number that tells whose an object is: every retry of a write sends the same one, no two writers ever do.
 *
 * @param high its first half
 * @param low its second half
 */
public record Nonce(long high, long low) {
    static final int BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A new one.
     *
     * @return a number that nobody else has
     */
    public static Nonce random() {
        return new Nonce(RANDOM.nextLong(), RANDOM.nextLong());
    }

    void encode(ByteBuffer target) {
        target.putLong(high).putLong(low);
    }

    static Nonce decode(ByteBuffer source) {
        return new Nonce(source.getLong(), source.getLong());
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
