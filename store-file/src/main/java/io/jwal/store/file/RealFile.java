package io.jwal.store.file;

import io.jwal.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file of the operating system. Bytes go through {@link RandomAccessFile}, which interrupts do not close, and not
 * through channels, which they do; a channel keeps for each thread a direct buffer as large as the largest write, too.
 */
final class RealFile implements DiskFile {
    /** The JDK allocates native memory as large as one write, so writes are cut. */
    private static final int CHUNK = 1 << 20;

    private final Path path;

    /** Tells the file from another one that comes to stand under its name; null where the system has no such thing. */
    private final @Nullable Object identity;

    private final RandomAccessFile handle;

    /** Syncs what it writes. Opened at once: opening a path later might find, or make, a file in another directory. */
    private final @Nullable RandomAccessFile through;

    /** Guards the handle's position; syncs go on without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ReentrantLock throughLock = new ReentrantLock();

    private RealFile(
            Path path, @Nullable Object identity, RandomAccessFile handle, @Nullable RandomAccessFile through) {
        this.path = path;
        this.identity = identity;
        this.handle = handle;
        this.through = through;
    }

    /** Opens a file that exists; {@code mode} as {@link RandomAccessFile} has it. */
    static RealFile open(Path path, String mode) throws IOException {
        Object identity = identity(path);
        return new RealFile(path, identity, new RandomAccessFile(path.toFile(), mode), null);
    }

    /** Opens a file that was just created, for {@link #writeThrough} as well. */
    static RealFile openCreated(Path path) throws IOException {
        Object identity = identity(path);
        RandomAccessFile handle = new RandomAccessFile(path.toFile(), "rw");
        try {
            return new RealFile(path, identity, handle, new RandomAccessFile(path.toFile(), "rwd"));
        } catch (IOException e) {
            handle.close();
            throw e;
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new StoreException(path + " is not a regular file: move it away, it is not the log's");
        }
        return attributes.fileKey();
    }

    @Override
    public long length() throws IOException {
        return handle.length();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            handle.seek(position);
            return handle.read(target, offset, Math.min(length, CHUNK));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
        lock.lock();
        try {
            handle.seek(position);
            for (int done = 0; done < length; ) {
                int chunk = Math.min(length - done, CHUNK);
                handle.write(source, offset + done, chunk);
                done += chunk;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void writeThrough(long position, byte[] source, int offset, int length) throws IOException {
        RandomAccessFile out = Objects.requireNonNull(through, "created files only");
        throughLock.lock();
        try {
            out.seek(position);
            // O_DSYNC: the bytes, and the length that they need, are durable when the write returns.
            out.write(source, offset, length);
        } finally {
            throughLock.unlock();
        }
    }

    @Override
    public void sync() throws IOException {
        handle.getFD().sync();
    }

    @Override
    public void truncate(long length) throws IOException {
        lock.lock();
        try {
            handle.setLength(length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ByteBuffer map(long position, int length) throws IOException {
        return Interrupts.shield(() -> {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                if (!Objects.equals(identity, identity(path))) {
                    throw new NoSuchFileException(path + " is another file now");
                }
                return channel.map(FileChannel.MapMode.READ_ONLY, position, length);
            }
        });
    }

    @Override
    public void close() throws IOException {
        try (handle) {
            if (through != null) {
                through.close();
            }
        }
    }
}
