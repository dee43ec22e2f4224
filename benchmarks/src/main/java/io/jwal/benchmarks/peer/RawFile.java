package io.jwal.benchmarks.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The loop that everything is compared with: a header of length and CRC32C and the payload, written with one call at the
 * end of a file, and {@code force(false)} where it is to be durable. It reads through one map, and checks the CRC of
 * each entry. It has no index and no recovery: entries are of one size.
 */
final class RawFile implements Peer {
    private static final int HEADER_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileChannel channel;
    private final boolean durable;
    private final boolean fixedLength;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable MappedByteBuffer map;
    private int stride;

    private RawFile(FileChannel channel, boolean durable, boolean fixedLength) {
        this.channel = channel;
        this.durable = durable;
        this.fixedLength = fixedLength;
    }

    /** A file that grows with every append. */
    static RawFile growing(Path directory, PeerOptions options) throws IOException {
        FileChannel channel = open(directory);
        channel.position(channel.size());
        return new RawFile(channel, options.durable(), false);
    }

    /** A file whose zeros were written and synced before, so that no append changes its length. */
    static RawFile preallocated(Path directory, PeerOptions options) throws IOException {
        FileChannel channel = open(directory);
        ByteBuffer zeros = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (long at = 0; at < options.preallocatedBytes(); at += BUFFER_BYTES) {
            channel.write(zeros.clear(), at);
        }
        channel.force(true);
        return new RawFile(channel.position(0), options.durable(), true);
    }

    private static FileChannel open(Path directory) throws IOException {
        Files.createDirectories(directory);
        return FileChannel.open(
                directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void append(byte[] entry) throws IOException {
        lock.lock();
        try {
            buffer.clear();
            put(entry);
            write();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void appendAll(List<byte[]> entries) throws IOException {
        lock.lock();
        try {
            buffer.clear();
            entries.forEach(this::put);
            write();
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] entry) {
        crc.reset();
        crc.update(entry);
        buffer.putInt(entry.length).putInt((int) crc.getValue()).put(entry);
        stride = HEADER_BYTES + entry.length;
    }

    /** At the end of what was preallocated it begins again, for its length is not to change. */
    private void write() throws IOException {
        buffer.flip();
        if (fixedLength && channel.position() + buffer.limit() > channel.size()) {
            channel.position(0);
        }
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        if (durable) {
            channel.force(false);
        }
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    @Override
    public Scan scan() throws IOException {
        ByteBuffer view = mapped().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long entries = 0;
        long stamps = 0;
        for (int at = 0; at < view.capacity(); at += stride) {
            stamps += check(view, at);
            entries++;
        }
        return new Scan(entries, stamps);
    }

    @Override
    public long read(long index) throws IOException {
        return check(mapped(), (int) (index - 1) * stride);
    }

    private long check(ByteBuffer view, int at) throws IOException {
        int length = view.getInt(at);
        view.limit(at + HEADER_BYTES + length).position(at + HEADER_BYTES);
        long stamp = view.getLong(view.position());
        crc.reset();
        crc.update(view);
        view.clear();
        if ((int) crc.getValue() != view.getInt(at + 4)) {
            throw new IOException("the raw file is damaged at offset " + at);
        }
        return stamp;
    }

    private MappedByteBuffer mapped() throws IOException {
        MappedByteBuffer present = map;
        if (present == null) {
            present = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            present.order(ByteOrder.LITTLE_ENDIAN);
            stride = HEADER_BYTES + present.getInt(0);
            map = present;
        }
        return present;
    }

    @Override
    public void dropBefore(long index) {
        throw new UnsupportedOperationException("a single file drops nothing from its front");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
