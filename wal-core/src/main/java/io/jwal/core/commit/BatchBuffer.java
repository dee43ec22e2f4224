package io.jwal.core.commit;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.segment.GrowingIndex;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of one batch while it is put together: a header and entries, in chunks that never move, so that one thread
 * reserves room while others fill what they reserved. Reserving is guarded by the caller.
 */
public final class BatchBuffer {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int FIRST_CHUNK = 64 << 10;
    private static final int CHUNK = 1 << 20;
    private static final int PADDING = 8;
    private static final int CHECK_AT = Integer.BYTES;

    private final List<Chunk> chunks = new ArrayList<>();
    private int first;
    private int last;
    private int entries;
    private long bodyBytes;

    /** A run of bytes that never moves. */
    public static final class Chunk {
        private final byte[] bytes;
        private int used;

        private Chunk(int capacity) {
            bytes = new byte[capacity];
        }
    }

    /**
     * A place in the buffer for one call's entries.
     *
     * @param chunk where
     * @param at from which byte on
     */
    public record Place(Chunk chunk, int at) {}

    BatchBuffer() {
        chunks.add(new Chunk(FIRST_CHUNK));
        begin(0);
    }

    /** Has the batch begin in a chunk: the first, or one that holds all of a large call, which is written uncopied. */
    private void begin(int chunk) {
        first = chunk;
        last = chunk;
        chunks.get(chunk).used = BatchHeader.BYTES;
    }

    /** How many entries it holds. */
    public int entries() {
        return entries;
    }

    /** Bytes of all entries with their lengths and checks. */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** Reserves room for so many entries whose contents have so many bytes together, in one piece. */
    Place reserve(int count, long contentBytes) {
        int need = Math.toIntExact(contentBytes + (long) count * Layout.ENTRY_HEADER_BYTES);
        Chunk chunk = chunks.get(last);
        if (chunk.bytes.length - PADDING - chunk.used < need) {
            chunk = next(need + BatchHeader.BYTES);
            if (entries == 0) {
                begin(last);
            }
        }
        int at = chunk.used;
        chunk.used += need;
        entries += count;
        bodyBytes += need;
        return new Place(chunk, at);
    }

    private Chunk next(int need) {
        int at = last + 1;
        if (at == chunks.size() || chunks.get(at).bytes.length - PADDING < need) {
            chunks.add(at, new Chunk(Math.max(CHUNK, need + PADDING)));
        }
        last = at;
        return chunks.get(at);
    }

    /**
     * Fills one entry and returns where the next one goes. The check is completed by {@link #encode}: it depends on the
     * segment, which is known only then.
     */
    static int fill(Place place, int at, byte[] content, int from, int length) {
        System.arraycopy(content, from, place.chunk.bytes, at + Layout.ENTRY_HEADER_BYTES, length);
        return describe(place, at, length);
    }

    /** The same with the bytes from the position of a buffer to its limit, which is consumed. */
    static int fill(Place place, int at, ByteBuffer content) {
        int length = content.remaining();
        content.get(place.chunk.bytes, at + Layout.ENTRY_HEADER_BYTES, length);
        return describe(place, at, length);
    }

    /** Length and check of an entry that was copied; the check is taken over the copy. */
    private static int describe(Place place, int at, int length) {
        byte[] target = place.chunk.bytes;
        int start = at + Layout.ENTRY_HEADER_BYTES;
        INT.set(target, at, length);
        INT.set(target, at + CHECK_AT, Checks.crc(target, start, length));
        return start + length;
    }

    /** Completes checks and header, for a batch that will lie at an offset, and gives the bytes to write. Once. */
    ByteBuffer[] encode(long firstIndex, long durableIndex, long time, long salt, long offset, GrowingIndex index) {
        CRC32C crc = new CRC32C();
        ByteBuffer[] gathered = new ByteBuffer[last - first + 1];
        long base = offset;
        long entry = firstIndex;
        for (int i = first; i <= last; i++) {
            Chunk chunk = chunks.get(i);
            int from = i == first ? BatchHeader.BYTES : 0;
            entry = bind(chunk, from, entry, salt, base, index);
            crc.update(chunk.bytes, from, chunk.used - from);
            gathered[i - first] = ByteBuffer.wrap(chunk.bytes, 0, chunk.used);
            base += chunk.used;
        }
        BatchHeader header = new BatchHeader(
                (int) crc.getValue(), Math.toIntExact(bodyBytes), entries, firstIndex, durableIndex, time);
        header.encode(chunks.get(first).bytes, salt, offset);
        pad(gathered[last - first], (int) (header.paddedBytes() - BatchHeader.BYTES - bodyBytes));
        return gathered;
    }

    /** Binds the entries of a chunk to their place in the segment; the index of the entry after them. */
    private static long bind(Chunk chunk, int from, long firstEntry, long salt, long base, GrowingIndex index) {
        byte[] bytes = chunk.bytes;
        long entry = firstEntry;
        int at = from;
        while (at < chunk.used) {
            int length = (int) INT.get(bytes, at);
            int crc = (int) INT.get(bytes, at + CHECK_AT);
            INT.set(bytes, at + CHECK_AT, Checks.bind(crc, salt, entry, length));
            index.addEntry((int) (base + at));
            at += Layout.ENTRY_HEADER_BYTES + length;
            entry++;
        }
        return entry;
    }

    private static void pad(ByteBuffer end, int padding) {
        int used = end.limit();
        end.limit(used + padding);
        for (int i = 0; i < padding; i++) {
            end.put(used + i, (byte) 0);
        }
    }

    /** Length of the batch in the segment, header and padding included. */
    public long paddedBytes() {
        return Layout.align(BatchHeader.BYTES + bodyBytes);
    }

    /** Empties it for the next batch; chunks of the usual size are kept, larger ones are not. */
    void reset() {
        chunks.removeIf(chunk -> chunk.bytes.length > CHUNK);
        chunks.forEach(chunk -> chunk.used = 0);
        begin(0);
        entries = 0;
        bodyBytes = 0;
    }
}
