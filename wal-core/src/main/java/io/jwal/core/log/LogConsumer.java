package io.jwal.core.log;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.WalClosedException;
import io.jwal.WalConsumer;
import io.jwal.WalException;
import io.jwal.core.read.LogSource;
import io.jwal.core.read.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A named position and a cursor that stands there. Belongs to one thread at a time. */
final class LogConsumer implements WalConsumer {
    private static final long MAX_POLL_BYTES = 16L << 20;
    private static final long NOT_CUT = Long.MAX_VALUE;

    private final String name;
    private final Consumers consumers;
    private final LogSource source;
    private final Reading reading;
    private final long start;
    private final AtomicLong cutLimit = new AtomicLong(NOT_CUT);
    private volatile long position;
    private volatile boolean closed;
    private @Nullable Cursor cursor;
    private long cursorNext;

    LogConsumer(String name, long position, Consumers consumers, LogSource source, Reading reading) {
        this.name = name;
        this.start = position;
        this.position = position;
        this.consumers = consumers;
        this.source = source;
        this.reading = reading;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Entry> poll(Duration timeout) {
        List<Entry> one = poll(1, timeout);
        return one.isEmpty() ? Optional.empty() : Optional.of(one.get(0));
    }

    @Override
    public List<Entry> poll(int maxEntries, Duration timeout) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is at least 1, but got " + maxEntries);
        }
        checkOpen();
        passCuts();
        Cursor from = cursor();
        List<Entry> run = new ArrayList<>();
        long bytes = 0;
        boolean moved = from.next(timeout);
        while (moved) {
            byte[] content = from.entryBytes();
            run.add(new Entry(from.index(), content));
            bytes += content.length;
            cursorNext = from.index() + 1;
            moved = run.size() < maxEntries && bytes < MAX_POLL_BYTES && more(from);
        }
        if (!run.isEmpty()) {
            position = cursorNext;
        }
        return run;
    }

    /** Moves on; what is wrong with the next entry is for the next poll to say. */
    private static boolean more(Cursor from) {
        try {
            return from.next();
        } catch (WalException e) {
            return false;
        }
    }

    /** Notices cuts since the last look: begins afresh behind those that left what was polled. */
    private void passCuts() {
        for (long limit = cutLimit.get(); limit != NOT_CUT; limit = cutLimit.get()) {
            checkCut();
            drop();
            cutLimit.compareAndSet(limit, NOT_CUT);
        }
    }

    /** Throws if entries that were polled have been cut away from the end since. */
    private void checkCut() {
        if (position > cutLimit.get()) {
            throw new TruncatedException(position, source.view().firstIndex(), source.durableEnd(0));
        }
    }

    private Cursor cursor() {
        long next = position;
        long first = source.view().firstIndex();
        if (next < first) {
            throw new TruncatedException(next, first, source.durableEnd(next));
        }
        Cursor now = cursor;
        if (now == null || cursorNext != next) {
            drop();
            try {
                now = reading.cursor(next, true);
            } catch (OutOfRangeException e) {
                throw new TruncatedException(next, e.firstIndex(), e.lastIndex());
            }
            cursor = now;
            cursorNext = next;
        }
        return now;
    }

    private void drop() {
        Cursor now = cursor;
        cursor = null;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public void commit() {
        checkOpen();
        consumers.change(now -> {
            checkCut();
            return now.withConsumer(name, position);
        });
    }

    @Override
    public long position() {
        return position;
    }

    /** Where it began: what the log must keep for it until it commits. */
    long start() {
        return start;
    }

    @Override
    public void seek(long next) {
        checkOpen();
        long limit = cutLimit.getAndSet(NOT_CUT); // a cut from now on is one behind the new position
        long first = source.view().firstIndex();
        long last = source.durableEnd(next);
        if (next < first || next > Math.max(last + 1, first)) {
            cutLimit.accumulateAndGet(limit, Math::min);
            throw new OutOfRangeException(next, first, last);
        }
        drop();
        position = next;
    }

    /** Entries from an index on were cut away: if they were polled, the next call is told. */
    void clamp(long limit) {
        cutLimit.accumulateAndGet(limit, Math::min);
    }

    private void checkOpen() {
        if (closed) {
            throw new WalClosedException("consumer \"" + name + "\"");
        }
        source.checkOpen();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            drop();
            consumers.closed(this);
        }
    }
}
