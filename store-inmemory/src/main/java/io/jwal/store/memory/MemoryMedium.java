package io.jwal.store.memory;

import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bytes of one log on the heap, for as long as somebody holds the medium. Every {@link #open} gives another
 * view of the same log, so a log can be closed and opened again, or opened by a second writer that takes it over:
 *
 * <pre>{@code
 * MemoryMedium medium = new MemoryMedium();
 * WalConfig config = WalConfig.builder().store(medium.open()).build();
 * }</pre>
 *
 * <p>Nothing here survives the process. Safe for many threads.
 */
public final class MemoryMedium {
    private static final ConcurrentMap<String, MemoryMedium> NAMED = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Register> registers = new HashMap<>();
    private final NavigableMap<SegmentId, HeldSegment> segments = new TreeMap<>();
    private final Set<SegmentId> fences = new HashSet<>();
    private long registerWrites;

    /** Makes an empty medium that nobody else knows. */
    public MemoryMedium() {}

    /**
     * The medium of a name, made empty if there is none: what {@link MemoryStoreConfig#name} opens. It stays in this
     * process (in this class loader) until it is {@linkplain #drop dropped}.
     *
     * @param name the name
     * @return the medium
     */
    public static MemoryMedium named(String name) {
        return NAMED.computeIfAbsent(name, unused -> new MemoryMedium());
    }

    /**
     * Forgets the medium of a name, so that its memory can be collected and the next opener of the name starts with
     * nothing. Stores that are open go on with what they have.
     *
     * @param name the name
     * @return whether there was one
     */
    public static boolean drop(String name) {
        return NAMED.remove(name) != null;
    }

    /**
     * Opens a store on this medium. Changes nothing.
     *
     * @return a store, to be closed
     */
    public MemoryStore open() {
        return new MemoryStore(this);
    }

    Optional<Register> readRegister(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(registers.get(name));
        } finally {
            lock.unlock();
        }
    }

    Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
            throws VersionConflictException {
        lock.lock();
        try {
            Register current = registers.get(name);
            if (current == null ? expected != null : !current.version().equals(expected)) {
                throw new VersionConflictException("register \"" + name + "\" "
                        + (current == null
                                ? "does not exist"
                                : "is at version " + current.version().token())
                        + ", but version " + (expected == null ? "none" : expected.token())
                        + " was expected; read it again");
            }
            Register written = new Register(new Version(Long.toString(++registerWrites)), content);
            registers.put(name, written);
            return written;
        } finally {
            lock.unlock();
        }
    }

    HeldSegment create(SegmentId id, long expectedBytes) throws SegmentExistsException {
        lock.lock();
        try {
            if (fences.contains(id)) {
                throw new SegmentExistsException(id, "segment " + id + " is fenced; create one of another id");
            }
            if (segments.containsKey(id)) {
                throw new SegmentExistsException(id, "segment " + id + " exists; create one of another id");
            }
            HeldSegment segment = new HeldSegment(id, expectedBytes);
            segments.put(id, segment);
            return segment;
        } finally {
            lock.unlock();
        }
    }

    HeldSegment find(SegmentId id) throws SegmentNotFoundException {
        lock.lock();
        try {
            HeldSegment segment = segments.get(id);
            if (segment == null) {
                throw new SegmentNotFoundException(
                        id, "there is no segment " + id + "; read the manifest again to learn what the log holds");
            }
            return segment;
        } finally {
            lock.unlock();
        }
    }

    void fence(SegmentId id) {
        lock.lock();
        try {
            fences.add(id);
            HeldSegment segment = segments.get(id);
            if (segment != null) {
                segment.fence();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean delete(SegmentId id) {
        lock.lock();
        try {
            HeldSegment segment = segments.remove(id);
            if (segment != null) {
                segment.delete();
            }
            return segment != null;
        } finally {
            lock.unlock();
        }
    }

    List<SegmentId> list() {
        lock.lock();
        try {
            return List.copyOf(segments.keySet());
        } finally {
            lock.unlock();
        }
    }

    long bytesHeld() {
        lock.lock();
        try {
            return segments.values().stream().mapToLong(HeldSegment::size).sum();
        } finally {
            lock.unlock();
        }
    }
}
