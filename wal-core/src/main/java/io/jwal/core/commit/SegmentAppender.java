package io.jwal.core.commit;

import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.IndexEncoder;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Writes one segment: header, batches, index and trailer. Used by one thread at a time; what it wrote is readable
 * through {@link #readable()} at once.
 */
public final class SegmentAppender {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    private final SegmentHeader header;
    private final long expectedBytes;
    private final SegmentWriter writer;
    private final GrowingIndex index = new GrowingIndex();
    private final ReadableSegment readable;
    private int syncs;

    private SegmentAppender(SegmentHeader header, long expectedBytes, SegmentWriter writer, SegmentReader reader) {
        this.header = header;
        this.expectedBytes = expectedBytes;
        this.writer = writer;
        this.readable = ReadableSegment.growing(header.id(), header.salt(), reader, index);
    }

    /**
     * Creates a segment. Its header is durable when this returns; only then may the manifest name it.
     *
     * @param expectedBytes how much will probably be written
     */
    public static SegmentAppender create(Store store, SegmentHeader header, long expectedBytes) throws IOException {
        SegmentWriter writer = store.createSegment(header.id(), expectedBytes);
        try {
            writer.appendAndSync(header.encode());
            return new SegmentAppender(header, expectedBytes, writer, store.openSegment(header.id()));
        } catch (IOException | RuntimeException | Error e) {
            try (writer) {
                store.deleteSegment(header.id()); // or every try on a full store would leave one more
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Its name. */
    public SegmentId id() {
        return header.id();
    }

    /** How the manifest names it while it is open. */
    public LogManifest.Segment named() {
        return LogManifest.Segment.open(header.id(), header.salt());
    }

    /** How the manifest names it once it is sealed. */
    public LogManifest.Segment sealed() {
        return new LogManifest.Segment(
                header.id(),
                header.salt(),
                LogManifest.State.SEALED,
                index.firstIndex(),
                index.lastIndex(),
                writer.position(),
                index.firstTime(),
                index.lastTime());
    }

    /** What was written, for readers. */
    public ReadableSegment readable() {
        return readable;
    }

    /** Where its entries lie. */
    public GrowingIndex index() {
        return index;
    }

    /** When it was made, in milliseconds since 1970. */
    public long created() {
        return header.created();
    }

    /** How many bytes were appended. */
    public long position() {
        return writer.position();
    }

    /** How many bytes were appended beyond what was expected when it was made; negative while there are fewer. */
    public long excess() {
        return writer.position() - expectedBytes;
    }

    /** How often it was synced since its header. */
    public int syncs() {
        return syncs;
    }

    /** Whether it holds as many entries as a segment should. */
    public boolean isFull() {
        return index.count() >= Layout.MAX_ENTRIES;
    }

    /** Whether a batch still fits without passing the limits of the format. */
    public boolean hasRoom(BatchBuffer batch) {
        return writer.position() + batch.paddedBytes() <= Layout.MAX_SEGMENT_BYTES && !isFull();
    }

    /** Appends a batch, and syncs it if wanted. */
    public void append(BatchBuffer batch, long firstIndex, long durableIndex, long time, boolean sync)
            throws IOException {
        ByteBuffer[] bytes = encode(batch, firstIndex, durableIndex, time);
        if (sync) {
            writer.appendAndSync(bytes);
            syncs++;
        } else {
            writer.append(bytes);
        }
        index.endBatch((int) writer.position());
    }

    /** Appends a batch and starts to sync it; others may follow before that has come back. */
    public CompletableFuture<Long> appendAndSyncLater(BatchBuffer batch, long firstIndex, long durableIndex, long time)
            throws IOException {
        writer.append(encode(batch, firstIndex, durableIndex, time));
        index.endBatch((int) writer.position());
        syncs++;
        return writer.syncAsync();
    }

    private ByteBuffer[] encode(BatchBuffer batch, long firstIndex, long durableIndex, long time) {
        int offset = (int) writer.position();
        index.beginBatch(firstIndex, time, offset);
        return batch.encode(firstIndex, durableIndex, time, header.salt(), offset, index);
    }

    /** Makes every batch durable. */
    public void sync() throws IOException {
        writer.sync();
        syncs++;
    }

    /** Ends the segment; every batch was synced before, and there is at least one. */
    public void seal() throws IOException {
        IndexEncoder.encode(index, header.salt(), writer::append);
        writer.seal();
    }

    /** Lets go of the writer, and of what is read; who still reads it may go on. */
    public void release() {
        readable.release();
        closeWriter();
    }

    /** Lets go of the writer alone. */
    public void closeWriter() {
        try {
            writer.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the writer of segment " + id() + " did not close", e);
        }
    }
}
