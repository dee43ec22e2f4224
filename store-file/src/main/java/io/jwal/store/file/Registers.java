package io.jwal.store.file;

import io.jwal.store.Register;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes registers under a claim: to a new file, synced, renamed over the old one, the directory synced. Only the
 * claim's holder writes, so comparing and replacing under a lock of this process is enough.
 */
final class Registers {
    static final String DIRECTORY = "registers";

    static final String TEMPORARY = ".tmp";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern LEFT_OVER = Pattern.compile("\\.[a-z0-9-]+\\.tmp");

    private final Disk disk;
    private final SyncedDirectory directory;
    private final Spares spares;
    private final Counters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final long nonce = new SecureRandom().nextLong();
    private long writes;

    Registers(Disk disk, Counters counters, System.Logger logger) {
        this.disk = disk;
        this.counters = counters;
        directory = new SyncedDirectory(disk, DIRECTORY);
        spares = new Spares(disk, directory, logger);
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "not a register name: \"" + name + "\"; use 1 to 64 lower-case letters, digits and -");
        }
    }

    /** Reads a register; empty when it was never written. */
    static Optional<Register> read(Disk disk, String name) throws IOException {
        String path = DIRECTORY + "/" + name;
        try (DiskFile file = disk.openToRead(path)) {
            long length = file.length();
            if (length > RegisterFile.HEADER + RegisterFile.MAX_CONTENT) {
                throw new StoreCorruptException("the register " + disk.describe(path) + " is damaged: it is " + length
                        + " bytes long, more than a register may be; restore the file from a backup");
            }
            byte[] bytes = new byte[(int) length];
            int done = 0;
            while (done < bytes.length) {
                int read = file.read(done, bytes, done, bytes.length - done);
                if (read < 0) {
                    throw new IOException("the register " + disk.describe(path) + " shrank while it was read");
                }
                done += read;
            }
            return Optional.of(RegisterFile.decode(bytes, disk.describe(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes what a writer that died left half done, and sets spare space aside. True when a register exists. */
    boolean tidy() throws IOException {
        boolean written = false;
        for (String name : disk.list(DIRECTORY)) {
            String path = directory.file(name);
            if (LEFT_OVER.matcher(name).matches()) {
                disk.delete(path);
            } else if (NAME.matcher(name).matches() && disk.kind(path) == Disk.Kind.FILE) {
                written = true;
                try (DiskFile file = disk.openToRead(path)) {
                    spares.expect(file.length());
                }
            }
        }
        spares.provide();
        return written;
    }

    Register write(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        lock.lock();
        try {
            Version current = read(disk, name).map(Register::version).orElse(null);
            if (current == null ? expected != null : !current.equals(expected)) {
                throw new VersionConflictException("the register " + disk.describe(directory.file(name)) + " is "
                        + (current == null ? "absent" : "at version " + current.token()) + ", expected was "
                        + (expected == null ? "none" : "version " + expected.token())
                        + ": read it again before writing");
            }
            byte[] bytes = RegisterFile.encode(nonce, ++writes, content);
            replace(name, bytes);
            counters.registerWrites.increment();
            spares.expect(bytes.length);
            spares.provide();
            return RegisterFile.decode(bytes, name);
        } finally {
            lock.unlock();
        }
    }

    /** Sets spare space aside again, after something was deleted. */
    void provideSpares() {
        lock.lock();
        try {
            spares.provide();
        } finally {
            lock.unlock();
        }
    }

    private void replace(String name, byte[] bytes) throws IOException {
        String prepared = directory.file("." + name + TEMPORARY);
        try {
            disk.delete(prepared);
            writeNew(prepared, bytes);
        } catch (IOException e) {
            try {
                disk.delete(prepared);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            String spare = disk.isFull(e) ? spares.use(bytes) : null;
            if (spare == null) {
                throw e;
            }
            prepared = spare;
        }
        disk.rename(prepared, directory.file(name));
        directory.sync();
    }

    private void writeNew(String name, byte[] bytes) throws IOException {
        try (DiskFile file = disk.create(name)) {
            file.write(0, bytes, 0, bytes.length);
            file.sync();
            counters.syncs.increment();
        }
    }
}
