package io.jwal.store.tck.simulator;

import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreLockedException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What lies on the medium between two crashes. All use goes through {@link #inside}, one thread at a time; after a crash
 * it refuses everything, and another state goes on.
 */
final class CrashState {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Register> registers = new TreeMap<>();
    private final NavigableMap<SegmentId, CrashSegment> segments = new TreeMap<>();
    private final NavigableMap<SegmentId, CrashSegment> deleted = new TreeMap<>();
    private final NavigableSet<SegmentId> fences = new TreeSet<>();
    private long registerWrites;
    private @Nullable Object owner;
    private boolean dead;

    /** Runs something on this state alone, unless it has crashed. */
    <T> T inside(FaultPlan.Action<T> action) throws IOException {
        return insideOrDead(() -> {
            if (dead) {
                throw new StoreException("the machine of this store has crashed; open its medium again");
            }
            return action.run();
        });
    }

    /** Runs something on this state alone, also when it has crashed. */
    <T> T insideOrDead(FaultPlan.Action<T> action) throws IOException {
        lock.lock();
        try {
            return action.run();
        } finally {
            lock.unlock();
        }
    }

    void take(Object claim) throws StoreLockedException {
        if (owner != null) {
            throw new StoreLockedException("another writer holds the medium; close it first");
        }
        owner = claim;
    }

    void giveBack(Object claim) {
        if (claim.equals(owner)) {
            owner = null;
        }
    }

    @Nullable
    Register register(String name) {
        return registers.get(name);
    }

    Register write(String name, @Nullable Version expected, ByteBuffer content) throws VersionConflictException {
        Register current = registers.get(name);
        if (current == null ? expected != null : !current.version().equals(expected)) {
            throw new VersionConflictException(
                    "register \"" + name + "\" has another version than " + expected + "; read it again");
        }
        Register written = new Register(new Version("w" + ++registerWrites), content);
        registers.put(name, written);
        return written;
    }

    CrashSegment create(SegmentId id, long expectedBytes) throws SegmentExistsException {
        if (segments.containsKey(id) || fences.contains(id)) {
            throw new SegmentExistsException(id, "segment " + id + " exists or is fenced; create one of another id");
        }
        CrashSegment segment = new CrashSegment(expectedBytes);
        segments.put(id, segment);
        return segment;
    }

    CrashSegment find(SegmentId id) throws SegmentNotFoundException {
        CrashSegment segment = segments.get(id);
        if (segment == null) {
            throw new SegmentNotFoundException(id, "there is no segment " + id + "; read the manifest again");
        }
        return segment;
    }

    /** Checks that a writer may still change its segment. */
    void checkWritable(SegmentId id, CrashSegment segment) throws StoreException {
        if (fences.contains(id)) {
            throw new StoreFencedException("a newer writer has fenced segment " + id + "; open the log again");
        }
        if (find(id) != segment || segment.sealed) {
            throw new StoreException("segment " + id + " is sealed or was replaced; write to a new segment");
        }
    }

    void fence(SegmentId id) {
        fences.add(id);
    }

    void delete(SegmentId id) {
        CrashSegment segment = segments.remove(id);
        if (segment != null) {
            deleted.put(id, segment);
        }
    }

    NavigableMap<SegmentId, CrashSegment> segments() {
        return segments;
    }

    /** Refuses everything from now on. */
    void die() {
        lock.lock();
        try {
            dead = true;
        } finally {
            lock.unlock();
        }
    }

    /** What other processes find: everything, also what is not durable yet. */
    CrashState copy() {
        lock.lock();
        try {
            CrashState copy = withoutSegments();
            segments.forEach((id, segment) -> copy.segments.put(id, segment.copy()));
            deleted.forEach((id, segment) -> copy.deleted.put(id, segment.copy()));
            return copy;
        } finally {
            lock.unlock();
        }
    }

    /** What is left when the power goes. */
    CrashState after(PowerCut cut) {
        lock.lock();
        try {
            CrashState left = withoutSegments();
            segments.forEach((id, segment) -> {
                if (segment.named || cut.landed()) {
                    left.segments.put(id, cut.settle(segment));
                }
            });
            deleted.forEach((id, segment) -> {
                if (segment.named && !left.segments.containsKey(id) && !cut.landed()) {
                    left.segments.put(id, cut.settle(segment));
                }
            });
            return left;
        } finally {
            lock.unlock();
        }
    }

    private CrashState withoutSegments() {
        CrashState copy = new CrashState();
        copy.registers.putAll(registers);
        copy.fences.addAll(fences);
        copy.registerWrites = registerWrites;
        return copy;
    }

    /** A line for everything on the medium, by name. */
    Map<String, String> describe() {
        lock.lock();
        try {
            Map<String, String> lines = new TreeMap<>();
            registers.forEach((name, register) -> lines.put(
                    "register " + name,
                    register.version() + ", " + register.content().remaining() + " bytes, hash "
                            + register.content().hashCode()));
            segments.forEach((id, segment) -> lines.put("segment " + id, segment.toString()));
            fences.forEach(id -> lines.put("fence " + id, ""));
            return lines;
        } finally {
            lock.unlock();
        }
    }
}
