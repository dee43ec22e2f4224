package io.jwal.store.tiered.blocks;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Segments of an archive in memory, and what a test needs to make and to read them. */
final class Stored implements SegmentReader {
    static final SegmentId PIECE = new SegmentId(7, 2);
    static final SegmentId SEGMENT = new SegmentId(3, 1);
    static final int BLOCK = 64;

    private final byte[] bytes;
    final AtomicLong bytesRead = new AtomicLong();

    Stored(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        if (position >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), bytes.length - position);
        target.put(bytes, (int) position, count);
        bytesRead.addAndGet(count);
        return count;
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** A key that follows from a number. */
    static SecretKey key(int number) {
        byte[] key = new byte[32];
        new Random(number).nextBytes(key);
        return new SecretKeySpec(key, "AES");
    }

    /** The keys {@code key-N} of some numbers; the last one is the current one. */
    static KeyRing keys(Integer... numbers) {
        Map<String, SecretKey> keys = new HashMap<>();
        List.of(numbers).forEach(number -> keys.put("key-" + number, key(number)));
        return new KeyRing(
                keys, numbers.length == 0 ? null : "key-" + numbers[numbers.length - 1], "store.encryption.keys");
    }

    static Codec codec(Compression compression, KeyRing keys) {
        return new Codec(compression, keys, BLOCK, new SecureRandom());
    }

    static Extent extent(long bytes) {
        return new Extent(PIECE, SEGMENT, 99, 1_000, bytes);
    }

    /** Bytes of an extent in which every second block can be compressed. */
    static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        for (int i = 0; i < length; i++) {
            content[i] = i / BLOCK % 2 == 0 ? (byte) (i / BLOCK) : content[i];
        }
        return content;
    }

    static byte[] write(Codec codec, byte[] content) throws IOException {
        return write(codec, extent(content.length), content);
    }

    static byte[] write(Codec codec, Extent extent, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExtentWriter extentWriter = codec.writer(extent, sink(out));
        for (int at = 0; at < content.length; ) {
            int count = Math.min(content.length - at, 1 + at % 100); // borders of blocks are nothing to who writes
            extentWriter.put(ByteBuffer.wrap(content, at, count));
            at += count;
        }
        extentWriter.end();
        return out.toByteArray();
    }

    static ExtentWriter.Sink sink(ByteArrayOutputStream out) {
        return bytes -> {
            byte[] taken = new byte[bytes.remaining()];
            bytes.get(taken);
            out.writeBytes(taken);
        };
    }

    static byte[] read(Codec codec, byte[] stored, int length) throws IOException {
        try (SegmentReader reader = codec.open(new Stored(stored), extent(length), codec.encoding())) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.size());
            int unused = reader.read(0, all);
            return all.array();
        }
    }
}
