package io.jwal;

import java.util.Arrays;
import java.util.Objects;

/** One entry of a log with its index. Two are equal when index and content are. */
public final class Entry {
    private final long index;
    private final byte[] bytes;

    /**
     * Puts an index and a content together.
     *
     * @param index the entry's index, at least 1 and below {@link Long#MAX_VALUE}
     * @param bytes the content, from 0 bytes up; kept, not copied, so it must not change any more
     * @throws IllegalArgumentException if the index is out of range
     */
    public Entry(long index, byte[] bytes) {
        if (index < 1 || index == Long.MAX_VALUE) {
            throw new IllegalArgumentException("an index is at least 1 and below Long.MAX_VALUE, but got " + index);
        }
        this.index = index;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /**
     * Where the entry stands in its log.
     *
     * @return the index, from 1
     */
    public long index() {
        return index;
    }

    /**
     * What the entry holds.
     *
     * @return the content itself, not a copy; not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry && index == entry.index && Arrays.equals(bytes, entry.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(index) * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Entry[" + index + ", " + bytes.length + " bytes]";
    }
}
