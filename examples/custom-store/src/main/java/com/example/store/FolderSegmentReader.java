package com.example.store;

import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** Reads one segment: in the writer's store all that was appended, in others what was synced. */
final class FolderSegmentReader implements SegmentReader {
    private static final int HEADER = FolderSegmentWriter.HEADER;

    private final RandomAccessFile file;
    private final Probe probe;
    private final boolean writers;
    private final ReentrantLock lock = new ReentrantLock(); // one place in the file, many threads (rule 10)

    FolderSegmentReader(RandomAccessFile file, Probe probe, boolean writers) {
        this.file = file;
        this.probe = probe;
        this.writers = writers;
    }

    @Override
    public long size() throws IOException {
        return writers ? Math.max(0, file.length() - HEADER) : synced();
    }

    /** Never more than was synced, for it is written after the sync; after a power cut perhaps less. */
    @Override
    public long claimedSize() {
        try {
            return synced();
        } catch (IOException e) {
            return 0; // unknown
        }
    }

    private long synced() throws IOException {
        lock.lock();
        try {
            if (file.length() < HEADER) {
                return 0;
            }
            byte[] bytes = new byte[Long.BYTES];
            file.seek(0);
            file.readFully(bytes); // in one call, as it is written
            return ByteBuffer.wrap(bytes).getLong();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        probe.before(Probe.Call.READ);
        long size = size();
        if (position >= size) {
            return -1;
        }
        byte[] bytes = new byte[(int) Math.min(target.remaining(), size - position)];
        lock.lock();
        try {
            file.seek(HEADER + position);
            file.readFully(bytes);
        } finally {
            lock.unlock();
        }
        target.put(bytes);
        return bytes.length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
