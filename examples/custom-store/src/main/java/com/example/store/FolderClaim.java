package com.example.store;

import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreFullException;
import io.jwal.store.StoreLockedException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** All that changes the folder. At most one claim on it is held, in this process and in all others. */
final class FolderClaim implements WriterClaim {
    /** Folders claimed in this process: opening LOCK a second time and closing it again would drop the lock. */
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Probe probe;
    private final FileChannel lock;
    private final String nonce = UUID.randomUUID().toString();
    private long registerWrites;
    private boolean released;

    /** Writers share it; what must not happen in the middle of a write has it alone (rule 8). */
    private final ReentrantReadWriteLock io = new ReentrantReadWriteLock();

    private FolderClaim(Path folder, Probe probe, FileChannel lock) {
        this.folder = folder;
        this.probe = probe;
        this.lock = lock;
    }

    static FolderClaim take(Path folder, Probe probe) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectory(folder);
            syncNames(folder.getParent());
        }
        Path real = folder.toRealPath(); // two ways to one folder are one log
        if (!CLAIMED.add(real)) {
            throw new StoreLockedException("the log in " + folder + " is open for writing in this process already");
        }
        FileChannel lock = null;
        try {
            probe.before(Probe.Call.LOCK);
            lock = FileChannel.open(real.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new StoreLockedException("the log in " + folder + " is open for writing in another process");
            }
            return new FolderClaim(real, probe, lock);
        } catch (IOException | RuntimeException e) {
            if (lock != null) {
                lock.close();
            }
            CLAIMED.remove(real);
            throw e;
        }
    }

    Register writeRegister(Path file, Version expected, ByteBuffer content) throws IOException {
        return alone(() -> {
            Optional<Version> current = FolderStore.readRegister(file).map(Register::version);
            if (!current.equals(Optional.ofNullable(expected))) {
                throw new VersionConflictException(file + " is at " + current + ", not at " + expected);
            }
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            Version version = new Version(nonce + "-" + ++registerWrites);
            Path next = file.resolveSibling(file.getFileName() + ".next");
            try (RandomAccessFile out = new RandomAccessFile(next.toFile(), "rw")) {
                out.setLength(0);
                out.writeUTF(version.token());
                out.write(bytes);
                probe.before(Probe.Call.SYNC);
                out.getFD().sync();
            }
            probe.before(Probe.Call.RENAME);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            syncNames(folder);
            return new Register(version, ByteBuffer.wrap(bytes));
        });
    }

    FolderSegmentWriter createSegment(SegmentId id) throws IOException {
        return shared(() -> {
            Path file = FolderStore.segmentFile(folder, id);
            if (isFenced(id)) {
                throw new SegmentExistsException(id, file + " is fenced");
            }
            probe.before(Probe.Call.CREATE);
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                throw new SegmentExistsException(id, file + " exists");
            }
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            try {
                syncNames(folder);
                return new FolderSegmentWriter(this, id, out, probe);
            } catch (IOException e) {
                out.close(); // a failure leaks nothing (rule 8); the empty file is garbage that the engine collects
                throw e;
            }
        });
    }

    /** Waits for appends under way: when it returns none is, and none can begin. */
    void fence(SegmentId id) throws IOException {
        alone(() -> {
            if (!isFenced(id)) {
                Files.createFile(fenceFile(id));
            }
            syncNames(folder);
            return null;
        });
    }

    void delete(SegmentId id) throws IOException {
        shared(() -> {
            if (Files.deleteIfExists(FolderStore.segmentFile(folder, id))) {
                syncNames(folder);
            }
            return null;
        });
    }

    /** A change of a segment, refused once the segment was fenced. */
    <T> T unlessFenced(SegmentId id, Change<T> change) throws IOException {
        return shared(() -> {
            if (isFenced(id)) {
                throw new StoreFencedException("a newer writer has fenced segment " + id + " in " + folder);
            }
            return change.make();
        });
    }

    private boolean isFenced(SegmentId id) {
        return Files.exists(fenceFile(id));
    }

    private Path fenceFile(SegmentId id) {
        return folder.resolve(id + ".fence");
    }

    boolean isHeld() {
        return lock.isOpen();
    }

    /** What changes the folder. */
    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }

    private <T> T shared(Change<T> change) throws IOException {
        return locked(io.readLock(), change);
    }

    private <T> T alone(Change<T> change) throws IOException {
        return locked(io.writeLock(), change);
    }

    private <T> T locked(Lock guard, Change<T> change) throws IOException {
        guard.lock(); // uninterruptibly: a change is made or refused, whatever happens to the thread (rule 6)
        try {
            if (released) {
                throw new StoreFencedException("the claim on " + folder + " was given back");
            }
            return change.make();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).contains("No space left")
                    ? new StoreFullException("no space left for " + folder, e)
                    : e;
        } finally {
            guard.unlock();
        }
    }

    /** Makes the names of files durable. A channel closes itself under an interrupted thread, so it is tried again. */
    private static void syncNames(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                    names.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        io.writeLock().lock();
        try {
            if (!released) {
                released = true;
                try (lock) {
                    CLAIMED.remove(folder);
                }
            }
        } finally {
            io.writeLock().unlock();
        }
    }
}
