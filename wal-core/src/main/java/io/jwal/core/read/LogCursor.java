package io.jwal.core.read;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.TruncatedException;
import io.jwal.WalClosedException;
import io.jwal.WalInterruptedException;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads forward, segment by segment. Holds on to the segment it stands in. Belongs to one thread at a time. */
final class LogCursor implements Cursor {
    private final LogSource source;
    private final Reading reading;
    private final boolean durableOnly;
    private long cutsSeen;
    private long next;
    private long index;
    private long time;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;
    private int length;
    private @Nullable LogView viewSeen;
    private long endSeen;
    private @Nullable SegmentCursor position;
    private long distrusts;
    private @Nullable TruncatedException truncated;
    private volatile boolean closed;

    LogCursor(LogSource source, Reading reading, long cutsSeen, long from, boolean durableOnly) {
        this.source = source;
        this.reading = reading;
        this.cutsSeen = cutsSeen;
        this.next = from;
        this.durableOnly = durableOnly;
    }

    @Override
    public boolean next() {
        SegmentCursor here = position;
        LogView seen = viewSeen;
        // Nothing was cut and the end has not come nearer: what is verified already can be read.
        if (here != null && next <= endSeen && seen != null && source.stillSees(seen) && here.advance(next)) {
            index = next++;
            start = here.start();
            length = here.length();
            return true;
        }
        checkOpen();
        endSeen = end();
        return search(endSeen >= next);
    }

    private boolean search(boolean readable) {
        SegmentCursor found = null;
        if (readable) {
            source.flush(next);
            found = load(next);
        }
        // After reading, so that an entry which has taken the place of a cut one is never taken for it.
        checkCuts();
        if (found == null) {
            source.checkEnd();
            return false;
        }
        standOn(found);
        return true;
    }

    private void standOn(SegmentCursor found) {
        index = next++;
        time = found.time();
        bytes = found.bytes();
        start = found.start();
        length = found.length();
    }

    @Override
    public boolean next(Duration timeout) {
        if (next()) {
            return true;
        }
        long deadline = System.nanoTime() + saturatedNanos(timeout);
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                boolean there = source.await(durableOnly, next, this::mayBeCut, left);
                if (next()) {
                    return true;
                }
                if (!there && deadline - System.nanoTime() <= 0) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WalInterruptedException("the next entry");
        }
    }

    /** Whether {@link #checkCuts} has something to say: a reader that waits behind the end is told at once. */
    private boolean mayBeCut() {
        LogManifest manifest = source.view().manifest();
        return next < manifest.firstIndex() || manifest.cutCounter() != cutsSeen;
    }

    private static long saturatedNanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(10_000)) > 0
                ? Duration.ofDays(10_000).toNanos()
                : Math.max(0, timeout.toNanos());
    }

    private long end() {
        return durableOnly ? source.durableEnd(next) : source.readableEnd(next);
    }

    /** Stands on an entry of the log; null if it was cut away from the start meanwhile. */
    private @Nullable SegmentCursor load(long wanted) {
        for (int attempt = 0; ; attempt++) {
            LogView view = source.view();
            try {
                if (wanted < view.firstIndex()) {
                    return null;
                }
                SegmentCursor found = position(view, wanted);
                found.load(wanted);
                return found;
            } catch (IOException | CorruptLogException e) {
                leave();
                checkCuts();
                reading.retry(view, wanted, attempt, distrusts, e);
            }
        }
    }

    private SegmentCursor position(LogView view, long wanted) throws IOException {
        SegmentCursor now = position;
        if (now == null || !now.holds(wanted)) {
            leave();
            distrusts = source.segments().distrusts();
            now = new SegmentCursor(reading.acquire(view, wanted), view.endAt(wanted));
            position = now;
        }
        return now;
    }

    private void leave() {
        SegmentCursor now = position;
        position = null;
        if (now != null) {
            now.release();
        }
    }

    /** Throws if what the cursor stood on or would read has been cut away since it last looked. */
    private void checkCuts() {
        TruncatedException before = truncated;
        if (before != null) {
            throw new TruncatedException(before.index(), before.firstIndex(), before.lastIndex());
        }
        LogView view = source.view();
        LogManifest manifest = view.manifest();
        if (next < manifest.firstIndex() || wasCut(manifest)) {
            leave();
            truncated = new TruncatedException(next, manifest.firstIndex(), source.readableEnd(0));
            throw truncated;
        }
        if (manifest.cutCounter() != cutsSeen) {
            leave(); // the segment it stands in may hold entries that do not belong to the log any more
            cutsSeen = manifest.cutCounter();
        }
        viewSeen = view;
    }

    private boolean wasCut(LogManifest manifest) {
        long missed = manifest.cutCounter() - cutsSeen;
        if (missed == 0) {
            return false;
        }
        List<LogManifest.Cut> cuts = manifest.cuts();
        return missed > cuts.size()
                || cuts.stream().anyMatch(cut -> cut.counter() > cutsSeen && cut.lastIndex() < next);
    }

    @Override
    public long index() {
        checkStanding();
        return index;
    }

    @Override
    public Instant time() {
        checkStanding();
        return Instant.ofEpochMilli(time);
    }

    @Override
    public ByteBuffer entry() {
        checkStanding();
        return bytes.slice(start, length);
    }

    private void checkStanding() {
        if (index == 0) {
            throw new IllegalStateException("the cursor stands on no entry yet; call next() first");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new WalClosedException("the cursor");
        }
        source.checkOpen();
    }

    @Override
    public void close() {
        closed = true;
        leave();
    }

    /** For messages of those that hold a cursor. */
    @Override
    public String toString() {
        return "Cursor[next " + next + "]";
    }
}
