package io.jwal.core.segment;

import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.format.Trailer;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A segment that can be read: its bytes and an index over them. Counted: it closes when the last user lets go. Safe for
 * many threads.
 */
public final class ReadableSegment {
    private static final System.Logger LOG = System.getLogger("io.jwal");
    private static final int BASE_WEIGHT = 512;

    private final SegmentId id;
    private final long salt;
    private final SegmentReader reader;
    private final SegmentIndex index;
    private final @Nullable MappedEntries mapped;
    private final AtomicInteger users = new AtomicInteger(1);

    private ReadableSegment(
            SegmentId id, long salt, SegmentReader reader, SegmentIndex index, @Nullable MappedEntries mapped) {
        this.id = id;
        this.salt = salt;
        this.reader = reader;
        this.index = index;
        this.mapped = mapped;
    }

    /** A segment whose index is kept in memory; the caller is its first user. Takes the reader over. */
    public static ReadableSegment growing(SegmentId id, long salt, SegmentReader reader, GrowingIndex index) {
        return new ReadableSegment(id, salt, reader, index, null);
    }

    /**
     * Opens a sealed segment; the caller is its first user. Reads only its end as long as that verifies: the trailer's
     * check is taken over the salt that the manifest names and over the segment's length, so nothing else is looked at.
     *
     * @throws io.jwal.CorruptLogException if it is not the segment that the manifest names
     * @throws IOException if the store cannot read it
     */
    public static ReadableSegment sealed(Store store, LogManifest.Segment named) throws IOException {
        SegmentReader reader = store.openSegment(named.id());
        try {
            long size = Math.min(reader.size(), named.bytes());
            Trailer trailer = StoredIndex.trailer(reader, named.salt(), size);
            if (trailer == null) {
                checkHeader(reader, named.id(), named.salt(), size); // another segment, or of a later version?
            }
            SegmentIndex index = trailer == null ? null : StoredIndex.read(reader, trailer);
            if (index == null || index.firstIndex() != named.firstIndex() || index.lastIndex() < named.lastIndex()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the index of segment {0} is damaged and was rebuilt from its batches; run `wal verify`",
                        named.id());
                index = IndexRebuild.rebuild(reader, named, size);
            }
            return new ReadableSegment(named.id(), named.salt(), reader, index, mapped(reader, named.salt(), index));
        } catch (IOException | RuntimeException e) {
            try (reader) {
                throw e;
            }
        }
    }

    /** An index that was rebuilt lies elsewhere. */
    private static @Nullable MappedEntries mapped(SegmentReader reader, long salt, SegmentIndex index) {
        ByteBuffer whole = index instanceof StoredIndex ? reader.mapped() : null;
        return whole == null ? null : new MappedEntries(salt, ((StoredIndex) index).trailer(), whole);
    }

    /** Verifies that a segment begins with the header that the manifest expects. */
    public static void checkHeader(SegmentReader reader, SegmentId id, long salt, long size) throws IOException {
        SegmentHeader.decode(reader.slice(0, (int) Math.min(SegmentHeader.BYTES, size)), id, salt);
    }

    /** Its name. */
    public SegmentId id() {
        return id;
    }

    /** Where its entries lie. */
    public SegmentIndex index() {
        return index;
    }

    /** Its salt. */
    public long salt() {
        return salt;
    }

    /** Its bytes. */
    public SegmentReader reader() {
        return reader;
    }

    /** Its entries, where they can be read without acquiring it; else null. */
    public @Nullable MappedEntries mapped() {
        return mapped;
    }

    /** What it costs in heap, roughly. */
    public int weight() {
        long heap = BASE_WEIGHT + reader.heapBytes();
        if (index instanceof StoredIndex stored) {
            heap += stored.heapBytes();
        } else if (index instanceof GrowingIndex growing) {
            heap += (long) growing.count() * Integer.BYTES;
        }
        return (int) Math.min(Integer.MAX_VALUE, heap);
    }

    /** Becomes one more user, unless the last one has let go already. */
    public boolean acquire() {
        int now;
        do {
            now = users.get();
            if (now == 0) {
                return false;
            }
        } while (!users.compareAndSet(now, now + 1));
        return true;
    }

    /** Lets go; the last one to do so closes the reader. */
    public void release() {
        if (users.decrementAndGet() == 0) {
            if (mapped != null) {
                mapped.release();
            }
            try {
                reader.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "a reader of segment " + id + " did not close", e);
            }
        }
    }

    /**
     * Reads an entry into a new array and verifies it.
     *
     * @throws io.jwal.CorruptLogException if it is damaged
     */
    public byte[] read(long entry) throws IOException {
        int offset = offset(entry);
        ByteBuffer bytes = locate(entry, offset);
        int check = bytes.getInt(Integer.BYTES);
        byte[] copy = new byte[bytes.getInt(0)];
        bytes.get(Layout.ENTRY_HEADER_BYTES, copy);
        if (Checks.check(copy, 0, copy.length, salt, entry) != check) {
            throw Damage.entry(id, offset, entry, "its checksum does not match", null);
        }
        return copy;
    }

    /**
     * A view of an entry, verified.
     *
     * @throws io.jwal.CorruptLogException if it is damaged
     */
    public ByteBuffer view(long entry) throws IOException {
        int offset = offset(entry);
        ByteBuffer bytes = locate(entry, offset);
        ByteBuffer content = bytes.slice(Layout.ENTRY_HEADER_BYTES, bytes.getInt(0));
        if (Checks.check(content, salt, entry) != bytes.getInt(Integer.BYTES)) {
            throw Damage.entry(id, offset, entry, "its checksum does not match", null);
        }
        return content;
    }

    private int offset(long entry) {
        int offset = index.offset(entry);
        if (offset < SegmentHeader.BYTES) {
            throw Damage.entry(id, -1, entry, "neither index nor batches tell where it lies", null);
        }
        return offset;
    }

    /** Length, check and bytes of an entry, perhaps with what follows; the length is within. */
    private ByteBuffer locate(long entry, int offset) throws IOException {
        int room = room(entry, offset);
        try {
            ByteBuffer bytes = reader.slice(offset, room).order(ByteOrder.LITTLE_ENDIAN);
            int length = bytes.getInt(0);
            int most = index.end() - offset - Layout.ENTRY_HEADER_BYTES;
            if (length < 0 || length > most) {
                throw Damage.entry(id, offset, entry, "its length field says " + length, null);
            }
            return length <= room - Layout.ENTRY_HEADER_BYTES
                    ? bytes
                    : reader.slice(offset, Layout.ENTRY_HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        } catch (EOFException e) {
            throw Damage.entry(id, offset, entry, "the segment ends before it", e);
        }
    }

    /** A guess from the next entry's place, so that one slice is enough; the entry's header at least. */
    private int room(long entry, int offset) {
        int most = index.end() - offset;
        if (most < Layout.ENTRY_HEADER_BYTES) {
            throw Damage.entry(id, offset, entry, "it would lie behind the last batch", null);
        }
        int next = entry < index.lastIndex() ? index.offset(entry + 1) : index.end();
        return next >= offset + Layout.ENTRY_HEADER_BYTES && next <= index.end()
                ? next - offset
                : Layout.ENTRY_HEADER_BYTES;
    }
}
