package io.jwal.core.segment;

import java.util.Arrays;

/**
 * A growing table of ints, 4 bytes each. One thread adds; others may read what they know was added: whoever tells them
 * does so by a volatile write.
 */
final class OffsetTable {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;

    // Volatile, for a reader may come upon a longer array that was made after what it was told of
    private volatile int[][] chunks = new int[8][];
    private int size;

    int size() {
        return size;
    }

    int get(int position) {
        return chunks[position >>> CHUNK_BITS][position & (CHUNK - 1)];
    }

    void truncate(int length) {
        size = length;
    }

    void add(int value) {
        int at = size;
        int chunk = at >>> CHUNK_BITS;
        int[][] current = chunks;
        if (chunk == current.length) {
            current = Arrays.copyOf(current, chunk * 2);
            chunks = current;
        }
        if (current[chunk] == null) {
            current[chunk] = new int[CHUNK];
        }
        current[chunk][at & (CHUNK - 1)] = value;
        size = at + 1;
    }
}
