package io.jwal.core.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts the entries that verify and takes the digest over them, as {@link io.jwal.core.Verification} defines it. */
final class EntryDigest {
    private static final int BUFFER = 64 << 10;
    private static final int PREFIX = Long.BYTES + Integer.BYTES;

    private final MessageDigest sha256 = sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long entries;
    private boolean incomplete;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The next entry begins; its content follows. */
    void begin(long index, int length) {
        if (buffer.remaining() < PREFIX) {
            drain();
        }
        buffer.putLong(index).putInt(length);
    }

    /** The next part of an entry's content; consumed. */
    void content(ByteBuffer part) {
        while (part.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int length = Math.min(part.remaining(), buffer.remaining());
            buffer.put(part.slice(part.position(), length));
            part.position(part.position() + length);
        }
    }

    /** The entry is over, and has verified or not. */
    void end(boolean sound) {
        if (sound) {
            entries++;
        } else {
            miss();
        }
    }

    /** An entry is not there: there is no digest of the whole. */
    void miss() {
        incomplete = true;
    }

    private void drain() {
        sha256.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** How many entries verified. */
    long entries() {
        return entries;
    }

    /** The digest in hexadecimal, null if an entry was missed. */
    @Nullable
    String hex() {
        drain();
        return incomplete ? null : HexFormat.of().formatHex(sha256.digest());
    }
}
