package io.jwal.benchmarks.peer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is appended: bytes that no codec shortens, with the entry's index as a stamp in the first eight, little-endian, so
 * that a reader can prove it has seen them.
 */
public final class Entries {
    private static final int STAMP_BYTES = Long.BYTES;

    private Entries() {}

    /** Random bytes of that size, the same in every run. */
    public static byte[] template(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    /** Writes the stamp into an entry. */
    public static void stamp(byte[] entry, long index) {
        ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).putLong(0, index);
    }

    /** The stamp of an entry. */
    public static long stamp(byte[] entry) {
        return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    /** The stamp of an entry that begins at the view's position, whatever its byte order. */
    public static long stamp(ByteBuffer view) {
        long found = view.getLong(view.position());
        return view.order() == ByteOrder.LITTLE_ENDIAN ? found : Long.reverseBytes(found);
    }

    /** Entries of that size with the stamps first, first + 1 and so on, in arrays that are used again for the next batch. */
    public static List<byte[]> batch(int count, int size) {
        List<byte[]> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(template(Math.max(size, STAMP_BYTES)));
        }
        return entries;
    }

    /** Stamps a batch. */
    public static void stamp(List<byte[]> batch, long first) {
        for (int i = 0; i < batch.size(); i++) {
            stamp(batch.get(i), first + i);
        }
    }
}
