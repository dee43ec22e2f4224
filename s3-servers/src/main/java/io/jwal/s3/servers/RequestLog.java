package io.jwal.s3.servers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that came to a server, failed ones included: how many, and the last of them. Safe for many threads. */
public final class RequestLog {
    private static final int LENGTH = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<S3Operation, Long> counts = new EnumMap<>(S3Operation.class);
    private final Deque<S3Request> last = new ArrayDeque<>();

    RequestLog() {}

    void add(S3Request request) {
        lock.lock();
        try {
            counts.merge(request.operation(), 1L, Long::sum);
            if (last.size() == LENGTH) {
                last.removeFirst();
            }
            last.addLast(request);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many requests of a kind came.
     *
     * @param operation the kind
     * @return how many since the last {@link #clear()}
     */
    public long count(S3Operation operation) {
        return counts().getOrDefault(operation, 0L);
    }

    /**
     * How many requests came.
     *
     * @return how many of each kind that came at all
     */
    public Map<S3Operation, Long> counts() {
        lock.lock();
        try {
            return Map.copyOf(counts);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The last requests, in the order in which they came.
     *
     * @return at most 10,000
     */
    public List<S3Request> last() {
        lock.lock();
        try {
            return List.copyOf(last);
        } finally {
            lock.unlock();
        }
    }

    /** Counts from 0 again. */
    public void clear() {
        lock.lock();
        try {
            counts.clear();
            last.clear();
        } finally {
            lock.unlock();
        }
    }
}
