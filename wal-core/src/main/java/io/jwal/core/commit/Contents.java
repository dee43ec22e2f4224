package io.jwal.core.commit;

import java.nio.ByteBuffer;

/**
 * The bytes of the entries that one call appends, in arrays: copying them cannot fail, so room that was reserved among the
 * entries of others is always filled.
 */
public sealed interface Contents {
    /** How many entries. */
    int count();

    /** Their bytes together. */
    long bytes();

    /** Copies them to the place that was reserved for so many entries with so many bytes. */
    void fill(BatchBuffer.Place place);

    /**
     * One entry from the position of a buffer to its limit. Without an array it is read here, since reading may fail: its
     * arena may be closed, or its file be shorter by now.
     */
    static Contents of(ByteBuffer entry) {
        int length = entry.remaining();
        if (entry.hasArray()) {
            return new OneArray(entry.array(), entry.arrayOffset() + entry.position(), length);
        }
        byte[] copy = new byte[length];
        entry.duplicate().get(copy);
        return new OneArray(copy, 0, length);
    }

    /** One entry, all of an array. */
    static Contents of(byte[] entry) {
        return new OneArray(entry, 0, entry.length);
    }

    /** Entries in arrays; the outer one is nobody else's. */
    static Contents of(byte[][] entries) {
        long bytes = 0;
        for (byte[] entry : entries) {
            bytes += entry.length;
        }
        return new ManyArrays(entries, bytes);
    }

    /** See {@link #of(ByteBuffer)}. */
    final class OneArray implements Contents {
        private final byte[] array;
        private final int from;
        private final int length;

        private OneArray(byte[] array, int from, int length) {
            this.array = array;
            this.from = from;
            this.length = length;
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public long bytes() {
            return length;
        }

        @Override
        public void fill(BatchBuffer.Place place) {
            BatchBuffer.fill(place, place.at(), array, from, length);
        }
    }

    /** See {@link #of(byte[][])}. Not wrapped in buffers: a batch of small entries has a thousand of them. */
    final class ManyArrays implements Contents {
        private final byte[][] entries;
        private final long bytes;

        private ManyArrays(byte[][] entries, long bytes) {
            this.entries = entries;
            this.bytes = bytes;
        }

        @Override
        public int count() {
            return entries.length;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void fill(BatchBuffer.Place place) {
            int at = place.at();
            for (byte[] entry : entries) {
                at = BatchBuffer.fill(place, at, entry, 0, entry.length);
            }
        }
    }
}
