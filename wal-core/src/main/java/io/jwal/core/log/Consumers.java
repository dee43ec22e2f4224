package io.jwal.core.log;

import io.jwal.FencedException;
import io.jwal.WalConsumer;
import io.jwal.core.commit.Health;
import io.jwal.core.manifest.LogState;
import io.jwal.core.manifest.OwnedRegister;
import io.jwal.core.read.LogSource;
import io.jwal.core.read.Reading;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** The durable positions of a log's consumers, and which of them are open. Safe for many threads. */
final class Consumers {
    private static final int MAX_NAME = 128;

    private final OwnedRegister<LogState> state;
    private final LogSource source;
    private final Reading reading;
    private final Health health;
    private final Map<String, LogConsumer> live = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    Consumers(OwnedRegister<LogState> state, LogSource source, Reading reading, Health health) {
        this.state = state;
        this.source = source;
        this.reading = reading;
        this.health = health;
    }

    /** While it is held no consumer is opened: what changes positions, or rests on them, finds each one here or kept. */
    ReentrantLock lock() {
        return lock;
    }

    /** Opens the one instance of a name. */
    WalConsumer open(String name) {
        checkName(name);
        health.check();
        lock.lock();
        try {
            Long kept = state.current().consumers().get(name);
            long position = kept == null ? source.view().firstIndex() : kept;
            LogConsumer consumer = new LogConsumer(name, position, this, source, reading);
            if (live.putIfAbsent(name, consumer) != null) {
                throw inUse(name);
            }
            return consumer;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a position. */
    void remove(String name) {
        checkName(name);
        health.check();
        lock.lock();
        try {
            if (live.containsKey(name)) {
                throw inUse(name);
            }
            change(now -> now.withConsumer(name, null));
        } finally {
            lock.unlock();
        }
    }

    static void checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME + " characters, but got " + name.length());
        }
    }

    private static IllegalStateException inUse(String name) {
        return new IllegalStateException(
                "consumer \"" + name + "\" is open already; one instance of a name lives at a time, close the other");
    }

    /** Changes what is kept beside the log, durably. */
    void change(UnaryOperator<LogState> change) {
        health.check();
        try {
            state.update(change);
        } catch (IOException | FencedException e) {
            throw health.fail(e);
        }
    }

    /** Lowers every position to an index, on the store and of open instances. */
    void clamp(long limit) {
        lock.lock();
        try {
            // The open ones first: what they commit from now on is checked against the limit, under the state's lock.
            live.values().forEach(consumer -> consumer.clamp(limit));
            change(now -> now.clamped(limit));
        } finally {
            lock.unlock();
        }
    }

    /** The lowest index that some consumer may still want, {@link Long#MAX_VALUE} without consumers. */
    long lowest() {
        // The open ones first: who commits meanwhile, and is closed, is kept by then.
        List<LogConsumer> open = List.copyOf(live.values());
        Map<String, Long> kept = state.current().consumers();
        LongStream starts = open.stream()
                .filter(consumer -> !kept.containsKey(consumer.name()))
                .mapToLong(LogConsumer::start);
        return LongStream.concat(kept.values().stream().mapToLong(Long::longValue), starts)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void closed(LogConsumer consumer) {
        live.remove(consumer.name(), consumer);
    }
}
