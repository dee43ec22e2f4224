package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.WalFailedException;
import io.jwal.core.commit.BatchBuffer;
import io.jwal.core.commit.BatchTarget;
import io.jwal.core.commit.Health;
import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.SegmentCopy;
import io.jwal.core.commit.Tail;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.manifest.ManifestDraft;
import io.jwal.core.manifest.OwnedRegister;
import io.jwal.core.read.LogView;
import io.jwal.core.read.SegmentCache;
import io.jwal.core.recovery.Findings;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segments that make up the log, and how one follows another: create, name, write, seal, drop. Owns the hot segment,
 * the one named ahead, and the view that readers read by.
 *
 * <p>Two locks: the leadership of group commit guards what is appended to; {@code structure} guards which segments there
 * are. Leadership is taken first. The maintenance thread takes {@code structure} alone, so that rolling never waits for
 * sealing.
 */
public final class SegmentChain implements BatchTarget {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    /** A last segment up to this size is joined to the next one, so that short runs do not leave short segments. */
    private static final long JOIN_BYTES = 1 << 20;

    /** What is set aside for the first segment after opening: many logs are opened for a few entries. */
    private static final long FIRST_BYTES = 64 << 10;

    private final Store store;
    private final EngineSettings settings;
    private final OwnedRegister<LogManifest> manifest;
    private final Health health;
    private final Tail tail;
    private final SegmentCache cache;
    private final Maintenance maintenance;

    private final ReentrantLock structure = new ReentrantLock();
    private final List<ReadableSegment> open = new ArrayList<>();
    private final Queue<SegmentAppender> sealing = new ConcurrentLinkedQueue<>();
    private int sequence;
    private volatile LogView view;
    private volatile @Nullable SegmentAppender ahead;
    private volatile boolean aheadWanted;

    private volatile @Nullable SegmentAppender hot;
    private volatile @Nullable Findings leftover;
    private long lastTime;
    private volatile CommitCounts counts = CommitCounts.NONE;

    /** The chain of a log that was just taken over; {@link #recover} comes next. */
    SegmentChain(
            Store store,
            EngineSettings settings,
            OwnedRegister<LogManifest> manifest,
            Health health,
            Tail tail,
            SegmentCache cache,
            Maintenance maintenance,
            Findings findings) {
        this.store = store;
        this.settings = settings;
        this.manifest = manifest;
        this.health = health;
        this.tail = tail;
        this.cache = cache;
        this.maintenance = maintenance;
        this.leftover = findings;
        this.lastTime = findings.lastTime();
        this.open.addAll(findings.survivors());
        this.view = LogView.of(manifest.current(), open);
    }

    /** The segments now. */
    LogView view() {
        return view;
    }

    /** Bytes of all segments. */
    long bytes() {
        LogView now = view;
        return now.sealed().stream().mapToLong(LogManifest.Segment::bytes).sum()
                + now.open().stream()
                        .mapToLong(segment -> segment.index().end())
                        .sum();
    }

    /** What was committed so far. */
    CommitCounts counts() {
        return counts;
    }

    /** The last index of the log: of what is appended, or of what waits to be copied. */
    long lastIndex() {
        Findings waiting = leftover;
        return waiting == null ? tail.accepted() : waiting.lastIndex();
    }

    @Override
    public boolean isReady() {
        return hot != null;
    }

    /**
     * Copies what a crash left in open segments, and names the copies instead of them. Nothing is appended in place
     * after a crash: what recovery read may be in the page cache and not on the disk. With leadership held.
     *
     * @return whether there was room for the copies; if not, nothing was changed and it can be tried again
     * @throws IOException if the copying failed for another reason
     */
    boolean recover() throws IOException {
        structure.lock();
        try {
            Findings waiting = leftover;
            if (waiting == null) {
                return true;
            }
            RecoveryCopy copy = new RecoveryCopy(waiting, view.firstIndex(), this::create, settings.segmentSize());
            try {
                copy.run();
            } catch (IOException | RuntimeException | Error e) {
                copy.discard(this::delete);
                if (e instanceof StoreFullException) {
                    LOG.log(System.Logger.Level.WARNING, "no room to recover into; the log refuses appends", e);
                    return false;
                }
                checkNotReplaced(e);
                throw e;
            }
            try {
                if (waiting.needsRename()) {
                    manifest.update(ManifestDraft.edit(copy::rename));
                }
            } catch (IOException | RuntimeException | Error e) {
                copy.release(); // perhaps they are named now, so they stay
                throw e;
            }
            adopt(copy, waiting);
            return true;
        } finally {
            structure.unlock();
        }
    }

    /** What is missing or damaged under a writer that was replaced is no damage: its successor dropped it. */
    private void checkNotReplaced(Throwable failure) {
        long mine = manifest.current().epoch();
        try {
            long newer = manifest.epochInStore();
            if (newer > mine) {
                throw new FencedException(mine, newer, failure);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void adopt(RecoveryCopy copy, Findings waiting) {
        SegmentAppender last = copy.last();
        leftover = null;
        open.clear();
        if (last != null) {
            open.add(last.readable());
        }
        hot = last;
        tail.reset(waiting.lastIndex());
        publish();
        waiting.release();
        waiting.replaced().forEach(this::delete);
    }

    @Override
    public void prepare() {
        structure.lock();
        try {
            if (!recover()) {
                throw full(null);
            }
            if (hot == null) {
                begin();
            }
        } catch (IOException | CorruptLogException | FencedException e) {
            throw health.fail(e);
        } finally {
            structure.unlock();
        }
    }

    private static WalFailedException full(@Nullable StoreFullException cause) {
        return new WalFailedException(
                "no space left on the store for a new segment" + (cause == null ? "" : ": " + cause.getMessage())
                        + "; nothing was appended: free space or call truncateBefore, then try again",
                cause);
    }

    /** Creates the hot segment, joins a short last segment to it, and names it. */
    private void begin() throws IOException {
        LogManifest.Segment last = joinable();
        SegmentAppender next;
        boolean joined;
        try {
            next = create(FIRST_BYTES + (last == null ? 0 : last.bytes()));
            joined = last != null && join(last, next);
            if (last != null && !joined) {
                discard(next);
                next = create(FIRST_BYTES);
            }
        } catch (StoreFullException e) {
            throw full(e); // nothing was named, so nothing has changed
        }
        nameOrLetGo(next, joined ? last : null);
        hot = next;
        if (last != null && joined) {
            cache.forget(last.id());
            delete(last.id());
        }
    }

    private void nameOrLetGo(SegmentAppender next, LogManifest.@Nullable Segment instead) throws IOException {
        try {
            name(next, instead);
        } catch (IOException | RuntimeException | Error e) {
            next.release(); // perhaps it is named now, so it stays
            throw e;
        }
    }

    private void name(SegmentAppender next, LogManifest.@Nullable Segment instead) throws IOException {
        manifest.update(ManifestDraft.edit(draft -> {
            if (instead != null) {
                draft.remove(List.of(instead.id()));
            }
            draft.add(next.named()).durable(tail.durable());
        }));
        open.add(next.readable());
        publish();
    }

    private LogManifest.@Nullable Segment joinable() {
        List<LogManifest.Segment> sealed = view.sealed();
        LogManifest.Segment last = sealed.isEmpty() ? null : sealed.get(sealed.size() - 1);
        return last != null && last.bytes() <= Math.min(JOIN_BYTES, settings.segmentSize() / 2) ? last : null;
    }

    /** Copies a last segment into a new one, which is given up on failure; false if it is better left alone. */
    private boolean join(LogManifest.Segment last, SegmentAppender into) throws IOException {
        ReadableSegment source;
        try {
            source = ReadableSegment.sealed(store, last);
        } catch (IOException | CorruptLogException e) {
            return leaveAlone(last, e);
        }
        try {
            try {
                long first = Math.max(last.firstIndex(), view.firstIndex());
                new SegmentCopy(bytes -> into, tail.durable()).copy(source, first, last.lastIndex());
                into.sync();
                return true;
            } finally {
                source.release();
            }
        } catch (CorruptLogException e) {
            return leaveAlone(last, e);
        } catch (IOException | RuntimeException | Error e) {
            discard(into);
            throw e;
        }
    }

    private static boolean leaveAlone(LogManifest.Segment last, Exception why) {
        LOG.log(System.Logger.Level.WARNING, "segment " + last.id() + " is not joined; run `wal verify`", why);
        return false;
    }

    @Override
    public void append(BatchBuffer batch, long firstIndex, boolean sync) throws IOException {
        SegmentAppender now = rolled(batch);
        lastTime = Math.max(lastTime, settings.clock().millis());
        long start = System.nanoTime();
        now.append(batch, firstIndex, tail.durable(), lastTime, sync);
        counts = counts.withCommit(sync, System.nanoTime() - start);
        if (now.position() >= settings.segmentSize() / 2) {
            wantAhead();
        }
    }

    /** The segment for the next batch, which is the one ahead if the hot one has had enough. */
    private SegmentAppender rolled(BatchBuffer batch) throws IOException {
        SegmentAppender now = hotNow();
        if (!isDue(now, batch.paddedBytes())) {
            return now;
        }
        SegmentAppender next = ahead;
        if (next == null) {
            wantAhead();
            if (now.hasRoom(batch)) {
                return now; // grows a little, so that nobody waits
            }
            maintenance.drain();
            next = ahead;
            if (next == null) {
                throw new IOException("the hot segment is full, and the next one could not be created");
            }
        }
        roll(now, next);
        return next;
    }

    private SegmentAppender hotNow() {
        SegmentAppender now = hot;
        if (now == null) {
            throw new IllegalStateException("there is no hot segment; prepare() comes first");
        }
        return now;
    }

    private boolean isDue(SegmentAppender now, long batchBytes) {
        return now.index().count() > 0
                && (now.position() + batchBytes > settings.segmentSize()
                        || now.syncs() >= settings.maxSyncs()
                        || now.isFull()
                        || isOld(now));
    }

    private boolean isOld(SegmentAppender now) {
        return settings.segmentMaxAge() != null
                && settings.clock().millis() - now.created()
                        >= settings.segmentMaxAge().toMillis();
    }

    private void wantAhead() {
        if (!aheadWanted && ahead == null) {
            aheadWanted = true;
            maintenance.submit(this::makeAhead);
        }
    }

    /** On the maintenance thread: creates and names the segment that comes next. */
    private void makeAhead() {
        structure.lock();
        try {
            if (ahead != null || !health.isOpen()) {
                return;
            }
            SegmentAppender next;
            try {
                next = create(settings.segmentSize());
            } catch (IOException e) {
                if (e instanceof StoreFencedException) {
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "the next segment could not be made; the hot one grows", e);
                aheadWanted = false; // tried again under the next id
                return;
            }
            nameOrLetGo(next, null);
            ahead = next;
        } catch (IOException | RuntimeException | Error e) {
            health.fail(e);
        } finally {
            structure.unlock();
        }
    }

    /** On the maintenance thread: seals the oldest segment that was rolled. */
    private void sealNext() {
        structure.lock();
        try {
            SegmentAppender old = sealing.peek();
            if (old == null || !health.canWrite()) {
                return;
            }
            seal(old);
            manifest.update(ManifestDraft.edit(
                    draft -> draft.replace(old.sealed()).durable(tail.durable()).dropPassed()));
            sealing.remove(old);
            retire(List.of(old));
        } catch (IOException | RuntimeException | Error e) {
            health.fail(e);
        } finally {
            structure.unlock();
        }
    }

    private void seal(SegmentAppender old) throws IOException {
        old.sync();
        tail.harden(old.index().lastIndex());
        tail.wake();
        old.seal();
    }

    /** Readers go on by the sealed segments; what is not named any more is deleted. */
    private void retire(List<SegmentAppender> ended) {
        for (SegmentAppender appender : ended) {
            open.remove(appender.readable());
        }
        publish();
        for (SegmentAppender appender : ended) {
            appender.release();
            if (manifest.current().segments().stream()
                    .noneMatch(segment -> segment.id().equals(appender.id()))) {
                delete(appender.id());
            }
        }
    }

    @Override
    public void sync() throws IOException {
        if (!sealing.isEmpty()) {
            maintenance.drain(); // no segment is synced before all earlier ones are
            if (!health.canWrite()) {
                throw new IOException("an earlier segment could not be sealed");
            }
        }
        SegmentAppender now = hot;
        if (now != null) {
            long start = System.nanoTime();
            now.sync();
            counts = counts.withSync(System.nanoTime() - start);
        }
    }

    /**
     * Takes the log back to an index. With leadership held, and everything appended durable.
     *
     * @param time when the entry of that index was committed
     * @param restart lowers the end that readers see
     */
    void cutAfter(long last, long time, Runnable restart) throws IOException {
        // The end is lowered first: what is behind it cannot be found any more in the view that follows.
        settle(draft -> draft.cutAfter(last, time), restart);
    }

    /**
     * Drops every segment; the log goes on at an index, not before its end. Seals nothing, so that a full store can be
     * emptied. With leadership held.
     *
     * @param restart raises the end that readers see
     */
    void empty(long first, Runnable restart) throws IOException {
        maintenance.drain();
        structure.lock();
        try {
            checkSealed();
            List<LogManifest.Segment> before = manifest.current().segments();
            Findings waiting = leftover;
            manifest.update(ManifestDraft.edit(draft -> {
                if (waiting != null) {
                    waiting.quarantined().forEach(draft::replace);
                }
                draft.empty(first);
            }));
            List<SegmentAppender> ended =
                    Stream.of(hot, ahead).flatMap(Stream::ofNullable).toList();
            hot = null;
            ahead = null;
            aheadWanted = false;
            leftover = null;
            open.clear();
            publish();
            ended.forEach(SegmentAppender::release);
            if (waiting != null) {
                waiting.release();
            }
            dropped(before);
            restart.run();
        } finally {
            structure.unlock();
        }
    }

    private void checkSealed() throws IOException {
        if (!health.canWrite()) {
            throw new IOException("an earlier segment could not be sealed");
        }
    }

    /** Seals what is open and changes the manifest in the same write; afterwards there is no hot segment. */
    private void settle(Consumer<ManifestDraft> change, Runnable restart) throws IOException {
        maintenance.drain();
        structure.lock();
        try {
            checkSealed();
            if (!recover()) {
                throw full(null);
            }
            List<SegmentAppender> ended = new ArrayList<>();
            SegmentAppender now = hot;
            SegmentAppender next = ahead;
            if (now != null) {
                ended.add(now);
                if (now.index().count() > 0) {
                    now.seal();
                }
            }
            if (next != null) {
                ended.add(next);
            }
            List<LogManifest.Segment> before = manifest.current().segments();
            manifest.update(ManifestDraft.edit(draft -> {
                for (SegmentAppender appender : ended) {
                    if (appender.index().count() > 0) {
                        draft.replace(appender.sealed());
                    } else {
                        draft.remove(List.of(appender.id()));
                    }
                }
                draft.durable(tail.durable());
                change.accept(draft);
            }));
            hot = null;
            ahead = null;
            aheadWanted = false;
            restart.run();
            retire(ended);
            dropped(before);
        } finally {
            structure.unlock();
        }
    }

    /**
     * Raises the first index and drops the segments before it.
     *
     * @return false if the log ends before it; nothing was changed then
     */
    boolean dropBefore(long first) throws IOException {
        structure.lock();
        try {
            if (first <= view.firstIndex()) {
                return true;
            }
            if (first > lastIndex()) {
                return false;
            }
            List<LogManifest.Segment> before = manifest.current().segments();
            List<SegmentId> passed = passedLeftover(first);
            manifest.update(ManifestDraft.edit(
                    draft -> draft.first(first).remove(passed).dropPassed()));
            forgetLeftover(passed);
            publish();
            dropped(before);
            return true;
        } finally {
            structure.unlock();
        }
    }

    /** The same; a failure ends the log. With room made, what waited for it is copied. */
    boolean dropBeforeOrFail(long first) {
        try {
            return dropBefore(first);
        } catch (IOException | FencedException e) {
            throw health.fail(e);
        }
    }

    /** Segments that wait to be copied and hold nothing from an index on. */
    private List<SegmentId> passedLeftover(long first) {
        return leftover == null
                ? List.of()
                : open.stream()
                        .filter(segment -> segment.index().lastIndex() < first)
                        .map(ReadableSegment::id)
                        .toList();
    }

    private void forgetLeftover(List<SegmentId> passed) {
        Findings waiting = leftover;
        if (waiting != null && !passed.isEmpty()) {
            List<ReadableSegment> gone = open.stream()
                    .filter(segment -> passed.contains(segment.id()))
                    .toList();
            open.removeAll(gone);
            leftover = waiting.without(gone);
            gone.forEach(ReadableSegment::release);
        }
    }

    private void publish() {
        view = LogView.of(manifest.current(), open);
    }

    /** Deletes, in the background, what the manifest named before and names no longer. */
    private void dropped(List<LogManifest.Segment> before) {
        List<LogManifest.Segment> now = manifest.current().segments();
        for (LogManifest.Segment segment : before) {
            if (now.stream().noneMatch(kept -> kept.id().equals(segment.id()))) {
                cache.forget(segment.id());
                maintenance.submit(() -> delete(segment.id()));
            }
        }
    }

    private SegmentAppender create(long expectedBytes) throws IOException {
        SegmentId id = new SegmentId(manifest.current().epoch(), ++sequence);
        SegmentHeader header = new SegmentHeader(
                id, settings.clock().millis(), ThreadLocalRandom.current().nextLong());
        return SegmentAppender.create(store, header, expectedBytes);
    }

    private void discard(SegmentAppender unnamed) {
        unnamed.release();
        delete(unnamed.id());
    }

    /** Deletes a segment that no manifest names any more; one that stays is collected at the next opening. */
    void delete(SegmentId id) {
        try {
            store.deleteSegment(id);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "segment " + id + " could not be deleted; it is garbage now", e);
        }
    }

    /** Lets go of every segment; nothing is written. */
    void release() {
        structure.lock();
        try {
            List<SegmentAppender> writing = new ArrayList<>(sealing);
            writing.add(hot);
            writing.add(ahead);
            writing.removeIf(Objects::isNull);
            for (SegmentAppender appender : writing) {
                open.remove(appender.readable());
                appender.release();
            }
            open.forEach(ReadableSegment::release);
            open.clear();
            hot = null;
            ahead = null;
            sealing.clear();
        } finally {
            structure.unlock();
        }
    }

    /** Before {@link #release}, with leadership held and everything durable: seals what is open. */
    void close() throws IOException {
        if (leftover == null && (hot != null || ahead != null || !sealing.isEmpty())) {
            settle(draft -> {}, () -> {});
        }
    }

    /** With leadership held: goes on in the next segment if the hot one is old. */
    void rollIfOld() {
        SegmentAppender now = hot;
        if (now == null || now.index().count() == 0 || !isOld(now)) {
            return;
        }
        SegmentAppender next = ahead;
        if (next == null) {
            wantAhead();
        } else {
            roll(now, next);
        }
    }

    private void roll(SegmentAppender now, SegmentAppender next) {
        hot = next;
        ahead = null;
        aheadWanted = false;
        sealing.add(now);
        maintenance.submit(this::sealNext);
    }
}
