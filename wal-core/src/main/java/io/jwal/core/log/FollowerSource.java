package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.LogNotFoundException;
import io.jwal.StoreFailedException;
import io.jwal.WalClosedException;
import io.jwal.core.manifest.ManifestCodec;
import io.jwal.core.read.LogSource;
import io.jwal.core.read.LogView;
import io.jwal.core.read.SegmentCache;
import io.jwal.core.recovery.Findings;
import io.jwal.core.recovery.RecoveryScan;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a log is, to a process that does not write it. The manifest says which segments there are, never a listing; open
 * segments are scanned on as far as the store says that they were synced. Changes nothing.
 */
final class FollowerSource implements LogSource {
    private static final int MAX_ATTEMPTS = 100;
    private static final long UNSET = -1;

    /** Across a network, of so many looks in a row that find nothing new the last one reads the manifest. */
    private static final int MISSES = 4;

    private final Store store;
    private final SegmentCache cache;
    private final EngineSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private List<FollowedSegment> followed = new ArrayList<>();
    private @Nullable Version version;
    private long lastLook;
    private int misses;
    private volatile Seen seen;
    private @Nullable CorruptLogException firstDamage;
    private volatile @Nullable CorruptLogException damage;
    private volatile @Nullable Exception trouble;
    private volatile boolean closed;

    /**
     * What was seen last. Always replaced together: beside a writer that cuts or jumps, a beginning and an end of two looks
     * make up a log that never was.
     *
     * @param view the segments
     * @param end the last index that may be read
     */
    record Seen(LogView view, long end) {}

    /** What a look found: the open segments, the last index in them, and what ended it before its time. */
    private record Look(
            List<FollowedSegment> open, long last, @Nullable Exception stop) {}

    /**
     * Looks at the log for the first time.
     *
     * @throws LogNotFoundException if there is none
     */
    FollowerSource(Store store, EngineSettings settings) throws IOException {
        this.store = store;
        this.settings = settings;
        this.cache = new SegmentCache(store, settings.cacheBytes());
        Register register = manifest();
        LogManifest manifest = LogManifest.decode(register.content());
        this.seen = new Seen(new LogView(manifest, List.of()), 0);
        this.firstDamage = firstDamage(register);
        lookAtAll();
    }

    private Register manifest() throws IOException {
        Optional<Register> found = store.readRegister(LogManifest.REGISTER);
        if (found.isPresent()) {
            return found.get();
        }
        boolean traces = !store.listSegments().isEmpty();
        // Once more, for a writer may have begun the log between.
        return store.readRegister(LogManifest.REGISTER)
                .orElseThrow(() -> traces
                        ? ManifestCodec.MANIFEST.gone(null)
                        : new LogNotFoundException(
                                "there is no log yet where the configuration says; open it for writing once, or"
                                        + " correct the configuration",
                                null));
    }

    /** Whether the log is damaged at its end, by the recovery rule, while its manifest stays the same. */
    private @Nullable CorruptLogException firstDamage(Register first) throws IOException {
        Register register = first;
        long before = UNSET;
        for (int attempt = 0; ; attempt++) {
            Findings findings = RecoveryScan.scan(store, LogManifest.decode(register.content()))
                    .expecting(settings.expectLastIndex());
            findings.release();
            CorruptLogException found = findings.damage();
            if (found == null || StoreTrouble.mayGoBy(found.getCause())) {
                return null;
            }
            Register now = manifest();
            boolean same = now.version().equals(register.version());
            // Segments are looked at one after the other; a writer may have gone on from one to the next meanwhile.
            if ((same && findings.lastIndex() == before) || attempt == MAX_ATTEMPTS) {
                version = register.version();
                return found;
            }
            register = now;
            before = same ? findings.lastIndex() : UNSET;
        }
    }

    /** Looks what is new; across a network with one request, as long as nothing else than growth is to be seen. */
    private void look() throws IOException {
        lock.lock();
        try {
            checkOpen();
            if (settings.remote() && glance()) {
                lastLook = System.nanoTime();
            } else {
                lookAtAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the segment that the log ends in, and at nothing else; false if that does not tell enough. */
    private boolean glance() {
        long end = seen.end();
        FollowedSegment at = null;
        for (FollowedSegment segment : followed) {
            at = segment.isEmpty() ? at : segment;
        }
        if (at == null || damage != null || trouble != null || ++misses >= MISSES) {
            return false;
        }
        try {
            if (!at.scan(end)) {
                return false;
            }
        } catch (IOException | CorruptLogException e) {
            return false; // the whole look finds out whether this is the segment's end or damage
        }
        long last = at.last(end);
        misses = last > end ? 0 : misses;
        seen = new Seen(seen.view(), Math.max(end, last));
        return true;
    }

    /** Looks at the store: what is there now. */
    private void lookAtAll() throws IOException {
        lock.lock();
        try {
            long before = UNSET;
            for (int attempt = 0; ; attempt++) {
                checkOpen();
                Register register = manifest();
                if (!register.version().equals(version)) {
                    firstDamage = null;
                    version = register.version();
                }
                LogManifest manifest = LogManifest.decode(register.content());
                Look look = follow(manifest);
                if (look.stop() == null || attempt == MAX_ATTEMPTS) {
                    take(manifest, look);
                    break;
                }
                boolean same = isUnchanged(register, look);
                // Segments are looked at one after the other; only where a second look ends, too, is damage.
                if (same && (StoreTrouble.mayGoBy(look.stop()) || look.last() == before)) {
                    take(manifest, look);
                    break;
                }
                before = same ? look.last() : UNSET;
                forget(look);
            }
            misses = 0;
            lastLook = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnchanged(Register register, Look look) throws IOException {
        try {
            return manifest().version().equals(register.version());
        } catch (IOException | RuntimeException e) {
            forget(look);
            throw e;
        }
    }

    private void take(LogManifest manifest, Look look) {
        Exception stop = look.stop();
        trouble = StoreTrouble.mayGoBy(stop) ? stop : null;
        damage = stop == null || StoreTrouble.mayGoBy(stop) || firstDamage != null ? firstDamage : damageOf(stop);
        if (trouble != null && look.last() < seen.end()) {
            forget(look); // what was seen before is still true
        } else {
            adopt(manifest, look);
        }
    }

    private static CorruptLogException damageOf(Exception e) {
        return e instanceof CorruptLogException corrupt
                ? corrupt
                : new CorruptLogException(
                        "an open segment of the log could not be read: " + e.getMessage() + "; run `wal verify`", e);
    }

    private Look follow(LogManifest manifest) {
        List<LogManifest.Segment> sealed = manifest.segments(LogManifest.State.SEALED);
        long last = sealed.isEmpty()
                ? FollowedSegment.ANYWHERE
                : sealed.get(sealed.size() - 1).lastIndex();
        List<FollowedSegment> kept = new ArrayList<>();
        Exception stop = null;
        try {
            for (LogManifest.Segment named : manifest.segments(LogManifest.State.OPEN)) {
                FollowedSegment segment = open(named);
                kept.add(segment);
                try {
                    segment.scan(last);
                } finally {
                    last = segment.last(last);
                }
                last = last == FollowedSegment.ANYWHERE
                        ? manifest.firstIndex() - 1
                        : last; // as in recovery, the first one decides
            }
        } catch (IOException | CorruptLogException e) {
            stop = e;
        }
        return new Look(kept, Math.max(last, manifest.firstIndex() - 1), stop);
    }

    private void adopt(LogManifest manifest, Look look) {
        List<FollowedSegment> old = followed;
        followed = look.open();
        LogView view = new LogView(
                manifest, look.open().stream().map(FollowedSegment::readable).toList());
        seen = new Seen(view, look.last());
        release(old, followed);
    }

    /** Lets go of what a look has opened. */
    private void forget(Look look) {
        release(look.open(), followed);
    }

    private static void release(List<FollowedSegment> gone, List<FollowedSegment> kept) {
        gone.stream().filter(segment -> !kept.contains(segment)).forEach(FollowedSegment::release);
    }

    private FollowedSegment open(LogManifest.Segment named) throws IOException {
        for (FollowedSegment known : followed) {
            if (known.is(named)) {
                return known;
            }
        }
        return FollowedSegment.open(store, named);
    }

    @Override
    public LogView view() {
        return seen.view();
    }

    @Override
    public long readableEnd(long wanted) {
        if (wanted > seen.end() && isDue()) {
            lookOrFail(false);
        }
        return seen.end();
    }

    /** What is there now, looked up; across a network only {@code atAll} finds at once what was cut. */
    Seen latest(boolean atAll) {
        if (isDue()) {
            lookOrFail(atAll);
        }
        return seen;
    }

    /** Somebody has read up to an index: looks again if the log ended before it at the last look, however short ago. */
    void catchUp(long index) {
        if (seen.end() < index) {
            lookOrFail(true);
        }
    }

    private boolean isDue() {
        return System.nanoTime() - lastLook >= settings.lookInterval().toNanos();
    }

    private void lookOrFail(boolean atAll) {
        try {
            if (atAll) {
                lookAtAll();
            } else {
                look();
            }
        } catch (IOException e) {
            checkOpen();
            throw StoreTrouble.of("the log could not be looked at", "try again when the cause is mended", e);
        }
    }

    @Override
    public long durableEnd(long wanted) {
        return readableEnd(wanted);
    }

    @Override
    public void checkEnd() {
        CorruptLogException found = damage;
        if (found != null) {
            throw new CorruptLogException(
                    String.valueOf(found.getMessage()),
                    found.segment().orElse(null),
                    found.offset().orElse(-1),
                    found.index().orElse(-1),
                    found);
        }
        Exception failure = trouble;
        if (failure != null) {
            throw new StoreFailedException(
                    "the end of the log could not be read: " + failure.getMessage()
                            + "; try again when the cause is mended",
                    failure);
        }
    }

    @Override
    public void flush(long index) {
        // What a follower sees is on the store.
    }

    @Override
    public boolean await(boolean durable, long index, BooleanSupplier cut, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            lookOrFail(false);
            long left = deadline - System.nanoTime();
            boolean there = seen.end() >= index;
            if (there || damage != null || trouble != null || cut.getAsBoolean() || left <= 0) {
                return there;
            }
            lock.lockInterruptibly();
            try {
                checkOpen();
                if (closing.await(Math.min(left, settings.pollInterval().toNanos()), TimeUnit.NANOSECONDS)) {
                    checkOpen();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public boolean changedSince(LogView before) throws IOException {
        if (!view().manifest().equals(before.manifest())) {
            return true;
        }
        lookAtAll();
        Exception failure = trouble;
        if (failure != null) {
            throw new IOException("the log could not be looked at again", failure);
        }
        return !view().manifest().equals(before.manifest());
    }

    @Override
    public SegmentCache segments() {
        return cache;
    }

    @Override
    public void checkOpen() {
        if (closed) {
            throw new WalClosedException("the log");
        }
    }

    /** Lets go of everything but the store. */
    void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            followed.forEach(FollowedSegment::release);
            followed = List.of();
        } finally {
            lock.unlock();
        }
        cache.close();
    }
}
