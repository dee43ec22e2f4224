package io.jwal.core.read;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.StoreFailedException;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.segment.BatchWalk;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.MappedEntries;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.core.segment.SegmentIndex;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreCorruptException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from whatever says what the log is now. What is missing or damaged is looked for once more when the log has
 * changed meanwhile; only then is it an error. Safe for many threads.
 */
public final class Reading {
    private static final int MAX_RETRIES = 100;

    private final LogSource source;

    /** Reading from a source. */
    public Reading(LogSource source) {
        this.source = source;
    }

    /**
     * Something that is done with the segment that holds an entry.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Action<T> {
        /** Does it; the segment is released afterwards. */
        T apply(ReadableSegment segment) throws IOException;
    }

    /** See {@link io.jwal.WalReader#read(long)}. */
    public byte[] read(long index) {
        checkReadable(index);
        MappedEntries mapped = source.view().mappedAt(index);
        byte[] content = mapped == null ? null : mapped.read(index);
        return content != null ? content : at(index, segment -> segment.read(index));
    }

    /** See {@link io.jwal.WalReader#read(long, int, long)}. */
    public List<Entry> read(long from, int maxEntries, long maxBytes) {
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "maxEntries and maxBytes are at least 1, but got " + maxEntries + " and " + maxBytes);
        }
        source.checkOpen();
        long last = source.readableEnd(Long.MAX_VALUE);
        if (from == last + 1) {
            source.checkEnd();
            return List.of();
        }
        long cuts = source.view().manifest().cutCounter();
        checkReadable(from);
        List<Entry> run = new ArrayList<>();
        long bytes = 0;
        for (long index = from; index <= last && run.size() < maxEntries; index++) {
            byte[] content;
            try {
                content = read(index);
            } catch (CorruptLogException | EntryNotFoundException e) {
                if (run.isEmpty()) {
                    throw e;
                }
                break;
            }
            bytes += content.length;
            boolean cut = source.view().manifest().cutCounter() != cuts; // then this may have taken another's place
            if ((bytes > maxBytes || cut) && !run.isEmpty()) {
                break;
            }
            run.add(new Entry(index, content));
        }
        return run;
    }

    /** See {@link io.jwal.WalReader#cursor(long)}. */
    public Cursor cursor(long from) {
        return cursor(from, false);
    }

    /** A cursor that sees durable entries only, or all that may be read. */
    public Cursor cursor(long from, boolean durableOnly) {
        source.checkOpen();
        long cuts = source.view().manifest().cutCounter(); // before the end, so that a cut in between is noticed
        long end = durableOnly ? source.durableEnd(from) : source.readableEnd(from);
        LogView view = source.view();
        if (from < view.firstIndex() || (from > end + 1 && from != view.firstIndex())) {
            throw new OutOfRangeException(from, view.firstIndex(), end);
        }
        return new LogCursor(source, this, cuts, from, durableOnly);
    }

    /** See {@link io.jwal.WalReader#entries(long, long)}. */
    public Stream<Entry> entries(long from, long to) {
        source.checkOpen();
        long last = source.readableEnd(to);
        long first = source.view().firstIndex();
        if (from < first || from > last + 1) {
            throw new OutOfRangeException(from, first, last);
        }
        if (to < from - 1 || to > last) {
            throw new OutOfRangeException(to, first, last);
        }
        return EntryStream.of(cursor(from), to);
    }

    /** See {@link io.jwal.WalReader#indexAt(Instant)}. */
    public long indexAt(Instant time) {
        long wanted = time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : millisUp(time);
        while (true) {
            try {
                return firstNotBefore(wanted);
            } catch (EntryNotFoundException e) {
                // What was looked at has been cut away meanwhile; what is left is looked at anew.
            }
        }
    }

    private long firstNotBefore(long wanted) {
        source.checkOpen();
        long last = source.readableEnd(Long.MAX_VALUE);
        long first = source.view().firstIndex();
        source.flush(last);
        long index = Math.max(first, source.view().firstNotBefore(wanted));
        while (index <= last) {
            long from = index;
            long found = at(index, segment -> {
                long end = Math.min(
                        source.view().endAt(from),
                        Math.min(last, segment.index().lastIndex()));
                return firstAt(segment, from, end, wanted);
            });
            if (found > 0) {
                return found;
            }
            index = -found + 1;
        }
        return Math.max(last + 1, first); // beside a jump the log may begin behind the end that it had
    }

    private static long millisUp(Instant time) {
        try {
            long millis = time.toEpochMilli();
            return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The first index in a part of a segment whose batch is at or after a time; the negated end if there is none. */
    private static long firstAt(ReadableSegment segment, long from, long end, long wanted) throws IOException {
        SegmentIndex index = segment.index();
        if (index.lastTime() < wanted) {
            return -end;
        }
        int low = 0;
        int high = index.points() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (index.point(middle).time() < wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        BatchWalk walk = new BatchWalk(segment);
        long next = Math.max(from, index.point(low).firstIndex());
        while (next <= end) {
            BatchHeader header = walk.seek(next);
            if (header == null) {
                throw Damage.entry(segment.id(), walk.offset(), next, "the header of its batch does not verify", null);
            }
            if (header.time() >= wanted) {
                return Math.max(from, header.firstIndex());
            }
            next = header.lastIndex() + 1;
        }
        return -end;
    }

    private void checkReadable(long index) {
        source.checkOpen();
        long last = source.readableEnd(index);
        long first = source.view().firstIndex();
        if (index > last) {
            source.checkEnd(); // it may have been there, and been acknowledged
        }
        if (index < first || index > last) {
            throw new EntryNotFoundException(index, first, last);
        }
    }

    /** Does something with the segment that holds an entry, which is within the log. */
    public <T> T at(long index, Action<T> action) {
        for (int attempt = 0; ; attempt++) {
            LogView view = source.view();
            source.flush(
                    index); // behind the view: if it was cut and appended anew before, it is in this one or a later
            long distrusts = source.segments().distrusts();
            try {
                ReadableSegment segment = acquire(view, index);
                try {
                    return action.apply(segment);
                } finally {
                    segment.release();
                }
            } catch (IOException | CorruptLogException e) {
                retry(view, index, attempt, distrusts, e);
            }
        }
    }

    /**
     * Returns if it is worth trying again; else throws what a caller gets.
     *
     * @param distrusts how many copies were given up when the segment was acquired
     */
    void retry(LogView seen, long index, int attempt, long distrusts, Exception failure) {
        source.checkOpen();
        // It may have been cut away while it was looked for. Asked before the view is compared: what is readable now
        // is in the view of now, but an append after a cut may bring the index back in a later one.
        checkReadable(index);
        boolean changed;
        try {
            changed = attempt < MAX_RETRIES && source.changedSince(seen);
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw unreadable(index, failure); // damaged or changed: nobody can tell
        }
        if (!changed && !hasOtherCopy(seen, index, distrusts, failure)) {
            throw translate(index, failure);
        }
    }

    /** Whether what does not verify has another copy, which is tried next. */
    private boolean hasOtherCopy(LogView seen, long index, long distrusts, Exception failure) {
        LogManifest.Segment sealed = seen.sealedAt(index);
        if (sealed == null || !(failure instanceof CorruptLogException || failure instanceof EOFException)) {
            return false;
        }
        try {
            return source.segments().distrust(sealed.id(), distrusts);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private static RuntimeException translate(long index, Exception failure) {
        if (failure instanceof CorruptLogException corrupt) {
            return corrupt;
        }
        if (failure instanceof SegmentNotFoundException missing) {
            return Damage.segment(missing.segment(), -1, "is named by the manifest, but is missing", missing);
        }
        if (failure instanceof StoreCorruptException damaged) {
            return new CorruptLogException(
                    "entry " + index + " cannot be read: " + damaged.getMessage(), null, -1, index, damaged);
        }
        if (failure instanceof EOFException) {
            return new CorruptLogException(
                    "entry " + index + " cannot be read: its segment ends before it; run `wal verify` for the extent",
                    failure);
        }
        return unreadable(index, failure);
    }

    private static StoreFailedException unreadable(long index, Exception failure) {
        return new StoreFailedException(
                "entry " + index + " could not be read from the store: " + failure.getMessage()
                        + "; nothing was changed, try again when the cause is mended",
                failure);
    }

    /** The segment that holds an entry; to be released. */
    ReadableSegment acquire(LogView view, long index) throws IOException {
        LogManifest.Segment sealed = view.sealedAt(index);
        if (sealed != null) {
            ReadableSegment found = source.segments().acquire(sealed);
            view.remember(sealed, found);
            return found;
        }
        @Nullable ReadableSegment open = view.openAt(index);
        if (open != null && open.acquire()) {
            return open;
        }
        throw new CorruptLogException("no segment of the log holds entry " + index + "; run `wal verify`", null);
    }
}
