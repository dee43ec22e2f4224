package io.jwal.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Bytes to write, and what was read. */
final class Content {
    /** What the tests expect of most segments, in bytes. */
    static final int EXPECTED = 64 << 10;

    /** The longest value of a register, in bytes. */
    static final int LARGEST_REGISTER = 16 << 20;

    private static final int PERIOD = 65_521; // a prime

    private Content() {}

    /** Bytes that are nowhere alike, by seed; long ones repeat, with a period that no buffer or sector has. */
    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        byte[] block = new byte[Math.min(length, PERIOD)];
        new SplittableRandom(seed).nextBytes(block);
        for (int at = 0; at < length; at += block.length) {
            System.arraycopy(block, 0, bytes, at, Math.min(block.length, length - at));
        }
        return bytes;
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, value);
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** What remains in a buffer, which is not moved. */
    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** All that a reader shows, from the first byte to its size. */
    static byte[] of(SegmentReader reader) throws IOException {
        return of(reader, 0, Math.toIntExact(reader.size()));
    }

    /** A range that must be there, by one read. */
    static byte[] of(SegmentReader reader, long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        if (length > 0) {
            assertThat(reader.read(position, target))
                    .as("bytes read at %d", position)
                    .isEqualTo(length);
        }
        return target.array();
    }
}
