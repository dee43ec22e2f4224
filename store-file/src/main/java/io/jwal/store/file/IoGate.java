package io.jwal.store.file;

import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Lets I/O through until it is closed, and closes only when nobody is inside. */
final class IoGate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final String log;
    private volatile boolean closed;

    IoGate(String log) {
        this.log = log;
    }

    <T extends @Nullable Object> T pass(IoCall<T> call) throws IOException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw closed(log);
            }
            return call.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    static StoreFencedException closed(String log) {
        return new StoreFencedException(
                "the claim on " + log + " was given back, and another may hold it now: open the log again to write");
    }

    boolean isClosed() {
        return closed;
    }

    /** False when it was closed before. */
    boolean close() {
        lock.writeLock().lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
