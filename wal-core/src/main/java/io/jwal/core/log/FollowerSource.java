package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.LogNotFoundException;
import io.jwal.WalClosedException;
import io.jwal.core.manifest.ManifestCodec;
import io.jwal.core.read.LogSource;
import io.jwal.core.read.LogView;
import io.jwal.core.read.SegmentCache;
import io.jwal.core.recovery.Findings;
import io.jwal.core.recovery.RecoveryScan;
import io.jwal.core.segment.BatchScan;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.IndexEncoder;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a log is, to a process that does not write it. The manifest says which segments there are, never a listing; open
 * segments are scanned on as far as the store says that they were synced. Changes nothing.
 */
final class FollowerSource implements LogSource {
    private static final int MAX_ATTEMPTS = 100;
    private static final long UNSET = -1;

    private final Store store;
    private final SegmentCache cache;
    private final EngineSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private List<Followed> followed = new ArrayList<>();
    private @Nullable Version version;
    private long lastLook;
    private volatile LogView view;
    private volatile long end;
    private volatile @Nullable CorruptLogException damage;
    private volatile boolean closed;

    /** An open segment and how far it was scanned. */
    private record Followed(LogManifest.Segment named, BatchScan scan, ReadableSegment segment) {}

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
        this.view = new LogView(manifest, List.of());
        this.damage = firstDamage(register);
        look();
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
        for (int attempt = 0; ; attempt++) {
            Findings findings = RecoveryScan.scan(store, LogManifest.decode(register.content()))
                    .expecting(settings.expectLastIndex());
            findings.release();
            if (findings.damage() == null) {
                return null;
            }
            Register now = manifest();
            if (now.version().equals(register.version()) || attempt == MAX_ATTEMPTS) {
                version = register.version();
                return findings.damage();
            }
            register = now;
        }
    }

    /** Looks at the store: what is there now. */
    void look() throws IOException {
        lock.lock();
        try {
            for (int attempt = 0; ; attempt++) {
                checkOpen();
                Register register = manifest();
                Version before = version;
                version = register.version();
                if (!register.version().equals(before) && before != null) {
                    damage = null;
                }
                try {
                    follow(LogManifest.decode(register.content()));
                    break;
                } catch (IOException | CorruptLogException e) {
                    if (attempt == MAX_ATTEMPTS || manifest().version().equals(register.version())) {
                        damage = damage == null ? damageOf(e) : damage;
                        break;
                    }
                }
            }
            lastLook = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private static CorruptLogException damageOf(Exception e) {
        return e instanceof CorruptLogException corrupt
                ? corrupt
                : new CorruptLogException(
                        "an open segment of the log could not be read: " + e.getMessage() + "; run `wal verify`", e);
    }

    private void follow(LogManifest manifest) throws IOException {
        List<LogManifest.Segment> sealed = manifest.segments(LogManifest.State.SEALED);
        long sealedEnd =
                sealed.isEmpty() ? UNSET : sealed.get(sealed.size() - 1).lastIndex();
        long last = sealedEnd;
        List<Followed> kept = new ArrayList<>();
        try {
            for (LogManifest.Segment named : manifest.segments(LogManifest.State.OPEN)) {
                Followed segment = open(named);
                kept.add(segment);
                last = scan(segment, last);
            }
        } finally {
            adopt(manifest, kept, Math.max(lastOf(kept, sealedEnd), manifest.firstIndex() - 1));
        }
    }

    /** Where the log ends, with what was found in open segments, damaged or not. */
    private static long lastOf(List<Followed> open, long sealedEnd) {
        return open.stream()
                .mapToLong(segment -> segment.scan().index().lastIndex())
                .reduce(sealedEnd, Math::max);
    }

    private void adopt(LogManifest manifest, List<Followed> kept, long last) {
        List<Followed> old = followed;
        followed = kept;
        end = last;
        view = new LogView(manifest, kept.stream().map(Followed::segment).toList());
        old.stream()
                .filter(before -> !kept.contains(before))
                .forEach(before -> before.segment().release());
    }

    private Followed open(LogManifest.Segment named) throws IOException {
        for (Followed known : followed) {
            if (known.named().equals(named)) {
                return known;
            }
        }
        SegmentReader reader = store.openSegment(named.id());
        try {
            ReadableSegment.checkHeader(reader, named.id(), named.salt(), reader.size());
        } catch (IOException | RuntimeException e) {
            try (reader) {
                throw e;
            }
        }
        BatchScan scan = new BatchScan(reader, named.salt());
        return new Followed(named, scan, ReadableSegment.growing(named.id(), named.salt(), reader, scan.index()));
    }

    private static long scan(Followed segment, long before) throws IOException {
        SegmentReader reader = segment.segment().reader();
        BatchScan scan = segment.scan();
        long last = scan.index().lastIndex() == 0 ? before : scan.index().lastIndex();
        long size = reader.size();
        scan.reload();
        while (scan.next(last == UNSET ? 0 : last + 1, size) != null) {
            last = scan.index().lastIndex();
        }
        if (scan.position() < Math.min(size, reader.claimedSize()) && !endsInIndex(scan, reader)) {
            throw Damage.segment(
                    segment.named().id(), scan.position(), "is damaged at offset " + scan.position(), null);
        }
        return last;
    }

    /** Whether what follows the batches is the index of a segment just being sealed. */
    private static boolean endsInIndex(BatchScan scan, SegmentReader reader) {
        return scan.index().lastIndex() != 0
                && reader.claimedSize() <= scan.position() + IndexEncoder.encodedBytes(scan.index());
    }

    @Override
    public LogView view() {
        return view;
    }

    @Override
    public long readableEnd(long wanted) {
        if (wanted > end && isDue()) {
            lookOrFail();
        }
        return end;
    }

    /** The first index, looked up. */
    long firstIndex() {
        if (isDue()) {
            lookOrFail();
        }
        return view.firstIndex();
    }

    private boolean isDue() {
        return System.nanoTime() - lastLook >= settings.lookInterval().toNanos();
    }

    void lookOrFail() {
        try {
            look();
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
    }

    @Override
    public void flush(long index) {
        // What a follower sees is on the store.
    }

    @Override
    public boolean await(boolean durable, long index, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            lookOrFail();
            long left = deadline - System.nanoTime();
            if (end >= index || damage != null || left <= 0) {
                return end >= index;
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
    public boolean changedSince(LogView seen) throws IOException {
        if (view != seen && !view.manifest().equals(seen.manifest())) {
            return true;
        }
        look();
        return !view.manifest().equals(seen.manifest());
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
            followed.forEach(segment -> segment.segment().release());
            followed = List.of();
        } finally {
            lock.unlock();
        }
        cache.close();
    }
}
