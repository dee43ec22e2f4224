package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A segment being written, in a format that is as small as can be: a header, then entries of equal length, each with its
 * index, its mark, the durable index at the time and a check; once sealed a trailer.
 */
final class ModelSegment {
    static final int HEADER_BYTES = 24;
    static final int ENTRY_BYTES = 40;

    private final SegmentId id;
    private final long salt;
    private final SegmentWriter writer;
    private long first;
    private long last;

    /** An entry as it lies there. */
    record Lying(long index, Mark mark, long durable) {}

    private ModelSegment(SegmentId id, long salt, SegmentWriter writer) {
        this.id = id;
        this.salt = salt;
        this.writer = writer;
    }

    /** Creates a segment; its header is durable. */
    static ModelSegment create(Store store, SegmentId id, int machine) throws IOException {
        long salt = id.sequence() * 1000L + machine;
        SegmentWriter writer = store.createSegment(id, 0);
        try {
            writer.append(ByteBuffer.allocate(HEADER_BYTES)
                    .putLong(id.epoch())
                    .putLong(id.sequence())
                    .putLong(salt)
                    .flip());
            writer.sync();
        } catch (IOException e) {
            try (writer) {
                throw e;
            }
        }
        return new ModelSegment(id, salt, writer);
    }

    SegmentId id() {
        return id;
    }

    SegmentWriter writer() {
        return writer;
    }

    boolean isEmpty() {
        return last == 0;
    }

    void append(long index, Mark mark, long durable) throws IOException {
        if (isEmpty()) {
            first = index;
        }
        last = index;
        ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES)
                .putLong(index)
                .putInt(mark.machine())
                .putLong(mark.epoch())
                .putInt(mark.number())
                .putLong(durable);
        entry.putLong(check(salt, entry.array())).flip();
        writer.append(entry);
    }

    private static long check(long salt, byte[] entry) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).flip());
        crc.update(entry, 0, ENTRY_BYTES - Long.BYTES);
        return crc.getValue();
    }

    /** Seals it; all its entries are durable. */
    void seal() throws IOException {
        writer.append(ByteBuffer.allocate(ENTRY_BYTES).putLong(-1).putLong(last).clear());
        writer.seal();
    }

    LogManifest.Segment named() {
        return LogManifest.Segment.open(id, salt);
    }

    LogManifest.Segment sealed() {
        return new LogManifest.Segment(id, salt, LogManifest.State.SEALED, first, last, writer.position(), 1, 1);
    }

    /** Whether the header is there and that of the segment that the manifest means. */
    static boolean isHeaderOf(LogManifest.Segment named, SegmentReader reader) throws IOException {
        if (reader.size() < HEADER_BYTES) {
            return false;
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        reader.read(0, header);
        header.flip();
        return header.getLong() == named.id().epoch()
                && header.getLong() == named.id().sequence()
                && header.getLong() == named.salt();
    }

    /** Reads an entry; null if there is none that verifies. */
    static @Nullable Lying read(long salt, SegmentReader reader, long position, long size) throws IOException {
        if (position + ENTRY_BYTES > size) {
            return null;
        }
        ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES);
        reader.read(position, entry);
        entry.flip();
        if (entry.getLong(ENTRY_BYTES - Long.BYTES) != check(salt, entry.array())) {
            return null;
        }
        long index = entry.getLong();
        return new Lying(index, new Mark(entry.getInt(), entry.getLong(), entry.getInt()), entry.getLong());
    }
}
