package io.jwal.store.memory;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreFullException;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One segment: its bytes and what may still happen to it. Changes take its lock, so that nothing is added once
 * {@link #fence} has returned; reading takes none.
 */
final class HeldSegment {
    private final SegmentId id;
    private final ChunkedBytes bytes;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long synced;
    private boolean sealed;
    private boolean fenced;
    private boolean deleted;

    HeldSegment(SegmentId id, long expectedBytes) {
        this.id = id;
        this.bytes = new ChunkedBytes(expectedBytes);
    }

    void append(ByteBuffer... buffers) throws StoreException {
        lock.lock();
        try {
            checkWritable();
            bytes.append(buffers);
        } catch (OutOfMemoryError e) {
            throw new StoreFullException(
                    "the heap has no room for more of segment " + id
                            + "; truncate the log, or give the process a larger heap",
                    e);
        } finally {
            lock.unlock();
        }
    }

    void sync() throws StoreException {
        lock.lock();
        try {
            checkWritable();
            synced = bytes.size();
        } finally {
            lock.unlock();
        }
    }

    void seal() throws StoreException {
        lock.lock();
        try {
            checkWritable();
            synced = bytes.size();
            sealed = true;
        } finally {
            lock.unlock();
        }
    }

    void checkWritable() throws StoreException {
        lock.lock();
        try {
            if (fenced) {
                throw new StoreFencedException(
                        "a newer writer has fenced segment " + id + "; close this log, open it again to take it back");
            }
            if (deleted) {
                throw new SegmentNotFoundException(id, "segment " + id + " was deleted; nothing can be added to it");
            }
            if (sealed) {
                throw new StoreException("segment " + id + " is sealed; write to a new segment");
            }
        } finally {
            lock.unlock();
        }
    }

    void fence() {
        lock.lock();
        try {
            fenced = true;
        } finally {
            lock.unlock();
        }
    }

    void delete() {
        lock.lock();
        try {
            deleted = true;
        } finally {
            lock.unlock();
        }
    }

    long size() {
        return bytes.size();
    }

    long syncedSize() {
        return synced;
    }

    int read(long position, ByteBuffer target) {
        return bytes.read(position, target);
    }

    ByteBuffer slice(long position, int length) throws EOFException {
        return bytes.slice(position, length);
    }

    @Override
    public String toString() {
        return "segment " + id;
    }
}
