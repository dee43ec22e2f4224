package io.jwal.store.memory;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A store whose bytes lie on the heap.
 *
 * <p><b>Durability:</b> none beyond the process; a crash of it loses everything, whatever {@code sync} said. Within the
 * process the bytes live as long as their {@link MemoryMedium}.
 *
 * <p><b>Writers:</b> no lock is taken: a second writer takes the log over, and fencing alone keeps the first from
 * changing it further.
 *
 * <p><b>Errors:</b> a heap without room is {@link io.jwal.store.StoreFullException}; any use after {@link #close}, of the
 * store or of a reader or writer it opened, is {@link StoreException}.
 *
 * <p>Safe for many threads.
 */
public final class MemoryStore implements Store {
    private static final int MAX_REGISTER_BYTES = 16 << 20;
    private static final Pattern REGISTER_NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private final MemoryMedium medium;
    private final MemoryCounters counters = new MemoryCounters();
    private volatile boolean closed;

    MemoryStore(MemoryMedium medium) {
        this.medium = medium;
    }

    /**
     * A store on a medium of its own, which is gone when the store is. To come back to the same bytes make a
     * {@link MemoryMedium} and open that.
     *
     * @return a store, to be closed
     */
    public static MemoryStore create() {
        return new MemoryMedium().open();
    }

    @Override
    public StoreTraits traits() {
        return StoreTraits.localDefaults();
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        checkOpen();
        return () -> {};
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        checkOpen();
        counters.registerReads.increment();
        return medium.readRegister(checkName(name));
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        checkOpen();
        if (content.remaining() > MAX_REGISTER_BYTES) {
            throw new IllegalArgumentException("register \"" + name + "\" takes at most " + MAX_REGISTER_BYTES
                    + " bytes, but got " + content.remaining());
        }
        ByteBuffer copy = ByteBuffer.allocate(content.remaining()).put(content).flip();
        Register written = medium.writeRegister(checkName(name), expected, copy);
        counters.registerWrites.increment();
        return written;
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        checkOpen();
        SegmentWriter writer = new MemorySegmentWriter(this, medium.create(id, expectedBytes));
        counters.segmentsCreated.increment();
        return writer;
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        checkOpen();
        medium.fence(id);
        counters.segmentsFenced.increment();
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        checkOpen();
        return new MemorySegmentReader(this, medium.find(id));
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        checkOpen();
        if (medium.delete(id)) {
            counters.segmentsDeleted.increment();
        }
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        checkOpen();
        return medium.list();
    }

    /**
     * Counts of what this store did since it was opened ({@code appends}, {@code bytes.written}, {@code syncs},
     * {@code reads}, {@code bytes.read}, {@code register.reads}, {@code register.writes} and {@code segments.created},
     * {@code .sealed}, {@code .fenced}, {@code .deleted}), and {@code bytes.held}: how many bytes of segments are on the
     * heap now.
     */
    @Override
    public Map<String, Long> counters() {
        return counters.snapshot(medium.bytesHeld());
    }

    @Override
    public void close() {
        closed = true;
    }

    void checkOpen() throws StoreException {
        if (closed) {
            throw new StoreException("the memory store is closed; open its medium again");
        }
    }

    MemoryCounters counts() {
        return counters;
    }

    private static String checkName(String name) {
        if (!REGISTER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a register's name is 1 to 64 lower-case letters, digits and -, but got \"" + name + "\"");
        }
        return name;
    }
}
