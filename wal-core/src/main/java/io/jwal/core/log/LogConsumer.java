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
import org.jspecify.annotations.Nullable;

/** A named position and a cursor that stands there. Belongs to one thread at a time. */
final class LogConsumer implements WalConsumer {
    private static final long MAX_POLL_BYTES = 16L << 20;
    private static final long NOT_CUT = Long.MAX_VALUE;

    private final String name;
    private final Consumers consumers;
    private final LogSource source;
    private final Reading reading;
    private volatile long position;
    private volatile long kept;
    private volatile long cutLimit = NOT_CUT;
    private volatile boolean closed;
    private @Nullable Cursor cursor;
    private long cursorNext;

    LogConsumer(String name, long position, Consumers consumers, LogSource source, Reading reading) {
        this.name = name;
        this.position = position;
        this.kept = position;
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
        if (cutLimit != NOT_CUT) {
            checkCut();
            drop();
            cutLimit = NOT_CUT;
        }
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

    /** Throws if entries that were polled have been cut away from the end since. */
    private void checkCut() {
        if (position > cutLimit) {
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
            now = reading.cursor(next, true);
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
        checkCut();
        long next = position;
        if (next != kept || !consumers.isKept(name)) {
            consumers.keep(name, next);
            kept = next;
        }
    }

    @Override
    public long position() {
        return position;
    }

    /** What the log must keep for this consumer. */
    long keptPosition() {
        return kept;
    }

    @Override
    public void seek(long next) {
        checkOpen();
        long first = source.view().firstIndex();
        long last = source.durableEnd(next);
        if (next < first || next > Math.max(last + 1, first)) {
            throw new OutOfRangeException(next, first, last);
        }
        drop();
        cutLimit = NOT_CUT;
        position = next;
    }

    /** Entries from an index on were cut away. The kept position is lowered; one that polled them is told. */
    void clamp(long limit) {
        kept = Math.min(kept, limit);
        cutLimit = Math.min(cutLimit, limit);
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
