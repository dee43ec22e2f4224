package io.jwal.store.file;

import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All that may be changed, by the one that holds the lock. */
final class FileClaim implements WriterClaim {
    /** How long a writer may go on in a directory that was taken away before it notices. */
    private static final long LOOK_NANOS = 500_000_000;

    private final Disk disk;
    private final DiskLock lock;
    private final DiskTrouble trouble;
    private final boolean preallocate;
    private final MappedMemory memory;
    private final Counters counters;
    private final IoGate gate;
    private final Registers registers;
    private final SyncedDirectory segments;
    private final WatermarkWriter watermark;
    private final ReentrantLock naming = new ReentrantLock();
    private final Map<SegmentId, FileSegmentWriter> writers = new ConcurrentHashMap<>();

    private final Fences fences;
    private volatile long lastLook = System.nanoTime();

    private FileClaim(
            Disk disk,
            DiskLock lock,
            boolean preallocate,
            MappedMemory memory,
            Counters counters,
            Registers registers,
            WatermarkWriter watermark) {
        this.disk = disk;
        this.lock = lock;
        this.preallocate = preallocate;
        this.memory = memory;
        this.counters = counters;
        this.registers = registers;
        this.watermark = watermark;
        trouble = new DiskTrouble(disk);
        gate = new IoGate(disk.describe(""));
        segments = new SyncedDirectory(disk, Segments.DIRECTORY);
        fences = new Fences(disk, segments);
    }

    /** Locks the log, creating what it lacks. */
    static FileClaim take(Disk disk, boolean preallocate, MappedMemory memory, Counters counters, System.Logger logger)
            throws IOException {
        DiskTrouble trouble = new DiskTrouble(disk);
        try {
            disk.createRoot();
            DiskLock lock = disk.lock(FileStore.LOCK);
            boolean done = false;
            try {
                FileClaim claim = prepare(disk, lock, preallocate, memory, counters, logger);
                done = true;
                return claim;
            } finally {
                if (!done) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw trouble.changing("open for writing", disk.describe(""), e);
        }
    }

    private static FileClaim prepare(
            Disk disk, DiskLock lock, boolean preallocate, MappedMemory memory, Counters counters, System.Logger logger)
            throws IOException {
        makeDirectory(disk, Registers.DIRECTORY);
        makeDirectory(disk, Segments.DIRECTORY);
        WatermarkWriter watermark = WatermarkWriter.open(disk);
        boolean done = false;
        try {
            Registers registers = new Registers(disk, counters, logger);
            if (!registers.tidy()) {
                // Nothing was written yet, so it is not known that the names above are durable, whoever made them.
                disk.syncDirectory("");
            }
            // Its last writer may have been killed between renaming a register and syncing that.
            disk.syncDirectory(Registers.DIRECTORY);
            FileClaim claim = new FileClaim(disk, lock, preallocate, memory, counters, registers, watermark);
            done = true;
            return claim;
        } finally {
            if (!done) {
                watermark.close();
            }
        }
    }

    private static void makeDirectory(Disk disk, String name) throws IOException {
        Disk.Kind kind = disk.kind(name);
        if (kind == Disk.Kind.ABSENT) {
            disk.createDirectory(name);
        } else if (kind != Disk.Kind.DIRECTORY) {
            throw new StoreException(disk.describe(name) + " is not a directory but something else, or a symbolic"
                    + " link: move it away, the log keeps a directory of its own there");
        }
    }

    Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        return change("write the register", Registers.DIRECTORY + "/" + name, () -> {
            requireCurrent();
            return registers.write(name, expected, content);
        });
    }

    FileSegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        String name = Segments.name(id);
        return change("create", name, () -> {
            requireCurrent();
            FileSegmentWriter writer = createFile(id, name);
            try {
                writer.reserve(expectedBytes, memory);
                segments.sync();
                requireCurrent();
            } catch (IOException | RuntimeException | Error e) {
                undo(id, name, writer, e);
                throw e;
            }
            counters.segmentsCreated.increment();
            return writer;
        });
    }

    private FileSegmentWriter createFile(SegmentId id, String name) throws IOException {
        naming.lock();
        try {
            if (Segments.exists(disk, id) || fences.contains(id)) {
                throw new SegmentExistsException(id, disk.describe(name) + " exists, or was fenced: take the next id");
            }
            WatermarkSlot slot = watermark.begin(id);
            DiskFile file;
            try {
                file = disk.create(name);
            } catch (IOException e) {
                slot.forget();
                throw e instanceof FileAlreadyExistsException
                        ? new SegmentExistsException(id, disk.describe(name) + " exists: take the next id")
                        : e;
            }
            ZeroedSpace space = new ZeroedSpace(disk, file, preallocate, counters);
            FileSegmentWriter writer = new FileSegmentWriter(
                    disk.describe(name), file, space, slot, this::requireCurrentNowAndThen, trouble, counters);
            // Of a sealed segment the file says all, so that memory does not grow with the log.
            writers.values().removeIf(FileSegmentWriter::isSealed);
            writers.put(id, writer);
            return writer;
        } finally {
            naming.unlock();
        }
    }

    private void undo(SegmentId id, String name, FileSegmentWriter writer, Throwable why) {
        try {
            writers.remove(id);
            writer.close();
            if (lock.isCurrent()) {
                // Else the name may stand for somebody else's segment by now.
                disk.delete(name);
            }
            writer.slot().forget();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    void fenceSegment(SegmentId id) throws IOException {
        this.<@Nullable Void>change("fence", Segments.name(id), () -> {
            requireCurrent();
            naming.lock();
            try {
                fences.add(id);
            } finally {
                naming.unlock();
            }
            end(id, "was fenced");
            return null;
        });
    }

    /**
     * Deletes a segment. Its directory is synced before long, and once for many: a crash that brings the file back
     * brings garbage back, which the next writer collects.
     */
    void deleteSegment(SegmentId id) throws IOException {
        String name = Segments.name(id);
        this.<@Nullable Void>change("delete", name, () -> {
            requireCurrent();
            FileSegmentWriter writer = end(id, "was deleted");
            if (disk.delete(name)) {
                segments.syncSoon();
                memory.deleted(id);
                counters.segmentsDeleted.increment();
                registers.provideSpares();
            }
            if (writer != null) {
                writers.remove(id);
                if (!writer.isSealed()) {
                    writer.slot().forget();
                }
            }
            watermark.forget(id);
            return null;
        });
    }

    private @Nullable FileSegmentWriter end(SegmentId id, String why) {
        FileSegmentWriter writer = writers.get(id);
        if (writer != null) {
            writer.end(new StoreFencedException(
                    disk.describe(Segments.name(id)) + " " + why + ": nothing can be added to it any more"));
        }
        return writer;
    }

    /** How a segment looks to the claim's holder. */
    Extent extent(SegmentId id, DiskFile file) throws IOException {
        FileSegmentWriter writer = writers.get(id);
        return writer != null ? writer.extent() : new WholeExtent(file, watermark.claimed(id));
    }

    private <T extends @Nullable Object> T change(String what, String name, IoCall<T> call) throws IOException {
        return gate.pass(() -> {
            try {
                return call.run();
            } catch (IOException e) {
                throw trouble.changing(what, disk.describe(name), e);
            }
        });
    }

    /** The same as {@link #requireCurrent}, but looks no more often than it costs nothing: for the hot path. */
    private void requireCurrentNowAndThen() throws IOException {
        long now = System.nanoTime();
        if (now - lastLook > LOOK_NANOS) {
            lastLook = now;
            requireCurrent();
        }
    }

    private void requireCurrent() throws IOException {
        if (!lock.isCurrent()) {
            throw new StoreFencedException(disk.describe("") + " was moved, deleted or replaced while it was open for"
                    + " writing: what is there now is not this log; close it and open the log where it is");
        }
    }

    boolean isOpen() {
        return !gate.isClosed();
    }

    @Override
    public void close() throws IOException {
        if (!gate.close()) {
            return;
        }
        IOException why = IoGate.closed(disk.describe(""));
        try (lock;
                watermark) {
            // Waits for calls that are under way, so that nobody writes once the lock is gone.
            writers.values().forEach(writer -> writer.end(why));
            for (FileSegmentWriter writer : writers.values()) {
                writer.close();
            }
        }
    }
}
