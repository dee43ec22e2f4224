package io.jwal.core.commit;

import java.nio.ByteBuffer;

/** The bytes of the entries that one call appends, not copied yet. */
public sealed interface Contents {
    /** How many entries. */
    int count();

    /** Their bytes together. */
    long bytes();

    /** Copies them to the place that was reserved for so many entries with so many bytes. */
    void fill(BatchBuffer.Place place);

    /** One entry from the position of a buffer to its limit, which is consumed. */
    static Contents of(ByteBuffer entry) {
        return new OneBuffer(entry, entry.remaining());
    }

    /** Entries in arrays; the outer one is not changed any more. */
    static Contents of(byte[]... entries) {
        long bytes = 0;
        for (byte[] entry : entries) {
            bytes += entry.length;
        }
        return new ManyArrays(entries, bytes);
    }

    /** See {@link #of(ByteBuffer)}. */
    record OneBuffer(ByteBuffer entry, long bytes) implements Contents {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public void fill(BatchBuffer.Place place) {
            BatchBuffer.fill(place, place.at(), entry);
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
                at = BatchBuffer.fill(place, at, entry);
            }
        }
    }
}
