package io.jwal.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final RandomAccessFile handle;

    /** Guards the handle's position; syncs go on without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ReentrantLock throughLock = new ReentrantLock();
    private @Nullable RandomAccessFile through;
    private boolean closed;

    RealFile(Path path, RandomAccessFile handle) {
        this.path = path;
        this.handle = handle;
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
        throughLock.lock();
        try {
            RandomAccessFile out = through;
            if (out == null) {
                if (closed) {
                    throw new IOException("closed: " + path);
                }
                // O_DSYNC: the bytes and the length they need are durable when the write returns.
                out = new RandomAccessFile(path.toFile(), "rwd");
                through = out;
            }
            out.seek(position);
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
                return channel.map(FileChannel.MapMode.READ_ONLY, position, length);
            }
        });
    }

    @Override
    public void close() throws IOException {
        throughLock.lock();
        try {
            closed = true;
            if (through != null) {
                through.close();
            }
        } finally {
            throughLock.unlock();
            handle.close();
        }
    }
}
