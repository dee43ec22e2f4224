package io.jwal.core.log;

import io.jwal.FencedException;
import io.jwal.OutOfRangeException;
import io.jwal.WalFailedException;
import io.jwal.core.commit.BatchBuffer;
import io.jwal.core.commit.BatchTarget;
import io.jwal.core.commit.Health;
import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.Tail;
import io.jwal.core.manifest.ManifestDraft;
import io.jwal.core.read.LogView;
import io.jwal.core.recovery.Findings;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one segment follows another: created, named, written, rolled, sealed. Owns the hot segment, the one named ahead,
 * those being sealed, and what a crash has left to be copied.
 *
 * <p>Two locks: the leadership of group commit guards what is appended to; {@link SegmentSet#lock} guards which segments
 * there are. Leadership is taken first. The maintenance thread takes the second alone, so that rolling never waits for
 * sealing.
 */
public final class SegmentChain implements BatchTarget {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    private final EngineSettings settings;
    private final SegmentSet segments;
    private final Health health;
    private final Tail tail;
    private final Maintenance maintenance;
    private final ReentrantLock structure;

    private final RollRules rules;
    private final Sealing sealing;
    private final AheadSegment ahead;
    private volatile @Nullable SegmentAppender hot;
    private volatile @Nullable Findings leftover;
    private @Nullable StoreFullException noRoom;
    private long lastTime;
    private final AtomicReference<CommitCounts> counts = new AtomicReference<>(CommitCounts.NONE);

    /** The chain of a log that was just taken over; {@link #recover} comes next. */
    SegmentChain(
            EngineSettings settings,
            SegmentSet segments,
            Health health,
            Tail tail,
            Maintenance maintenance,
            Findings findings) {
        this.settings = settings;
        this.segments = segments;
        this.health = health;
        this.tail = tail;
        this.maintenance = maintenance;
        this.structure = segments.lock();
        this.sealing = new Sealing(segments, health, tail, maintenance);
        this.rules = new RollRules(settings);
        this.ahead = new AheadSegment(rules.expectedBytes(), segments, health, tail, maintenance);
        this.leftover = findings;
        this.lastTime = findings.lastTime();
    }

    /** The segments now. */
    LogView view() {
        return segments.view();
    }

    /** What was committed so far. */
    CommitCounts counts() {
        return counts.get();
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
            RecoveryCopy copy =
                    new RecoveryCopy(waiting, view().firstIndex(), segments::create, settings.segmentSize());
            try {
                copy.run();
            } catch (StoreFullException e) {
                copy.discard(segments::delete);
                LOG.log(System.Logger.Level.WARNING, "no room to recover into; the log refuses appends", e);
                noRoom = e;
                return false;
            } catch (IOException | RuntimeException | Error e) {
                copy.discard(segments::delete);
                segments.checkNotReplaced(e);
                throw e;
            }
            if (waiting.needsRename()) {
                rename(copy);
            }
            leftover = null;
            hot = copy.last();
            tail.reset(waiting.lastIndex());
            return true;
        } finally {
            structure.unlock();
        }
    }

    private void rename(RecoveryCopy copy) throws IOException {
        try {
            segments.replaceOpen(copy::rename, copy.last());
        } catch (IOException | RuntimeException | Error e) {
            copy.release(); // not deleted: perhaps they are named by now
            throw e;
        }
    }

    @Override
    public void prepare() {
        if (!isPrepared()) {
            maintenance.drain(); // what was dropped makes room only once it is deleted
            if (!isPrepared()) {
                throw full(noRoom);
            }
        }
    }

    /** Makes the hot segment; false if there is no room for it, and nothing has changed. */
    private boolean isPrepared() {
        structure.lock();
        try {
            return recover() && (hot != null || begin());
        } catch (IOException | RuntimeException | Error e) {
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

    /** Creates the hot segment, joins a short last segment to it, and names it; false if there is no room. */
    private boolean begin() throws IOException {
        ShortSegment joined = ShortSegment.find(segments.store(), view(), settings.segmentSize());
        SegmentAppender next;
        try {
            next = joined == null ? null : joinedTo(joined);
            if (next == null) {
                joined = null;
                next = segments.create(RollRules.LITTLE_BYTES);
            }
        } catch (StoreFullException e) {
            noRoom = e;
            return false;
        }
        segments.nameOrRelease(next, joined == null ? null : joined.named(), tail.durable());
        hot = next;
        return true;
    }

    /** A new segment that begins with the entries of a short one; null if that one is better left alone. */
    private @Nullable SegmentAppender joinedTo(ShortSegment last) throws IOException {
        SegmentAppender next;
        try {
            next = segments.create(RollRules.LITTLE_BYTES + last.bytes());
        } catch (IOException e) {
            last.source().release();
            throw e;
        }
        boolean copied = false;
        try {
            copied = last.copyTo(next, tail.durable());
        } finally {
            if (!copied) {
                segments.discard(next);
            }
        }
        return copied ? next : null;
    }

    @Override
    public void append(BatchBuffer batch, long firstIndex, boolean sync) throws IOException {
        SegmentAppender now = written();
        long start = System.nanoTime();
        now.append(batch, firstIndex, tail.durable(), time(), sync);
        count(batch.entries(), batch.bodyBytes(), sync, System.nanoTime() - start);
        makeNextInTime(now);
    }

    @Override
    public CompletableFuture<Long> appendAndSyncLater(BatchBuffer batch, long firstIndex) throws IOException {
        SegmentAppender now = written();
        int entries = batch.entries(); // kept, for the batch is filled again when the sync comes back
        long bytes = batch.bodyBytes();
        long start = System.nanoTime();
        CompletableFuture<Long> sync = now.appendAndSyncLater(batch, firstIndex, tail.durable(), time());
        makeNextInTime(now);
        return sync.whenComplete((position, failure) -> {
            if (failure == null) {
                count(entries, bytes, true, System.nanoTime() - start);
            }
        });
    }

    private SegmentAppender written() {
        return Objects.requireNonNull(hot, "prepare() comes first");
    }

    private long time() {
        lastTime = Math.max(lastTime, settings.clock().millis());
        return lastTime;
    }

    private void count(int entries, long bytes, boolean sync, long nanos) {
        counts.updateAndGet(now -> now.withCommit(sync, nanos));
        settings.metrics().count("commit.entries", entries);
        settings.metrics().count("commit.bytes", bytes);
        settings.metrics().time(sync ? "commit.sync" : "commit.write", Duration.ofNanos(nanos));
    }

    private void makeNextInTime(SegmentAppender now) {
        if (rules.wantsNext(now)) {
            ahead.want();
        }
    }

    @Override
    public boolean isDue(BatchBuffer batch) {
        SegmentAppender now = written();
        if (!rules.isDue(now, batch.paddedBytes())) {
            return false;
        }
        if (ahead.get() == null) {
            ahead.want();
            return !now.hasRoom(batch); // if it has, it grows a little, so that nobody waits
        }
        return true;
    }

    @Override
    public void roll() throws IOException {
        SegmentAppender next = ahead.get();
        if (next == null) {
            maintenance.drain();
            next = ahead.get();
            if (next == null) {
                throw new IOException("the hot segment is full, and the next one could not be created");
            }
        }
        roll(written(), next);
    }

    private void roll(SegmentAppender now, SegmentAppender next) {
        hot = next;
        ahead.clear();
        sealing.add(now);
    }

    /** With leadership held: goes on in the next segment if the hot one is old. */
    void rollIfOld() {
        SegmentAppender now = hot;
        if (now == null || now.index().count() == 0 || !rules.isOld(now)) {
            return;
        }
        SegmentAppender next = ahead.get();
        if (next == null) {
            ahead.want();
        } else {
            roll(now, next);
        }
    }

    @Override
    public void sync() throws IOException {
        sealing.await(); // no segment is synced before all earlier ones are
        SegmentAppender now = hot;
        if (now != null) {
            long start = System.nanoTime();
            now.sync();
            long nanos = System.nanoTime() - start;
            counts.updateAndGet(before -> before.withSync(nanos));
        }
    }

    /**
     * Takes the log back to an index. With leadership held, and everything appended durable.
     *
     * @param timeOf tells when the entry of an index was committed
     * @param restart lowers the end that readers see
     */
    void cutAfter(long last, LongUnaryOperator timeOf, Runnable restart) throws IOException {
        long[] time = {0};
        Runnable check = () -> {
            checkNotPassed(last);
            time[0] = last < view().firstIndex() ? 0 : timeOf.applyAsLong(last); // while nobody drops the entry
        };
        // The end is lowered first: what is behind it cannot be found any more in the view that follows.
        settle(check, draft -> draft.cutAfter(last, time[0]), restart);
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
            sealing.check();
            Findings waiting = leftover;
            List<SegmentAppender> ended =
                    Stream.of(hot, ahead.get()).flatMap(Stream::ofNullable).toList();
            segments.empty(first, waiting == null ? List.of() : waiting.quarantined(), ended);
            hot = null;
            ahead.clear();
            leftover = null;
            restart.run();
        } finally {
            structure.unlock();
        }
    }

    /** The first index may have been raised until the lock was there: an end before it would number entries again. */
    private void checkNotPassed(long last) {
        long first = view().firstIndex();
        if (last < first - 1) {
            throw new OutOfRangeException(last, first, lastIndex());
        }
    }

    /**
     * Seals what is open and changes the manifest in the same write; afterwards there is no hot segment.
     *
     * @param check runs first, when nothing can change any more
     */
    private void settle(Runnable check, Consumer<ManifestDraft> change, Runnable restart) throws IOException {
        maintenance.drain();
        structure.lock();
        try {
            check.run();
            sealing.check();
            if (!recover()) {
                throw full(noRoom);
            }
            List<SegmentAppender> ended = new ArrayList<>();
            SegmentAppender now = hot;
            SegmentAppender next = ahead.get();
            if (now != null) {
                ended.add(now);
                if (now.index().count() > 0) {
                    now.seal();
                }
            }
            if (next != null) {
                ended.add(next);
            }
            segments.end(
                    ended,
                    draft -> {
                        draft.durable(tail.durable());
                        change.accept(draft);
                    },
                    restart);
            hot = null;
            ahead.clear();
        } finally {
            structure.unlock();
        }
    }

    /**
     * Raises the first index and drops the segments before it.
     *
     * @return false if that would empty the hot segment, too; nothing was changed then
     */
    boolean dropBefore(long first) throws IOException {
        structure.lock();
        try {
            if (first > Math.max(lastIndex(), view().sealedEnd() + 1)) {
                return false;
            }
            if (first > view().firstIndex()) {
                Findings waiting = leftover;
                List<ReadableSegment> passed = waiting == null ? List.of() : waiting.endingBefore(first);
                segments.dropBefore(first, passed);
                if (waiting != null) {
                    leftover = waiting.without(passed);
                }
            }
            return true;
        } finally {
            structure.unlock();
        }
    }

    /** The same; a failure ends the log. */
    boolean dropBeforeOrFail(long first) {
        try {
            return dropBefore(first);
        } catch (IOException | FencedException e) {
            throw health.fail(e);
        }
    }

    /** The same with segments that were looked at, unless a cut has replaced their entries since, or the log has ended. */
    void dropSeen(long first, LogView seen) {
        structure.lock();
        try {
            if (health.isOpen()
                    && view().manifest().cutCounter() == seen.manifest().cutCounter()) {
                dropBeforeOrFail(first);
            }
        } finally {
            structure.unlock();
        }
    }

    /** Deletes what writers before this one have left behind and no manifest names. */
    void collect() throws IOException {
        structure.lock();
        try {
            segments.collect();
        } finally {
            structure.unlock();
        }
    }

    /** Before {@link #release}, with leadership held and everything durable: seals what is open. */
    void close() throws IOException {
        if (leftover == null && (hot != null || ahead.get() != null || !sealing.isEmpty())) {
            settle(() -> {}, draft -> {}, () -> {});
        }
    }

    /** Lets go of every segment; nothing is written. */
    void release() {
        structure.lock();
        try {
            List<SegmentAppender> writing = new ArrayList<>(sealing.abandon());
            writing.add(hot);
            writing.add(ahead.get());
            writing.removeIf(Objects::isNull);
            segments.release(writing);
            hot = null;
            ahead.clear();
        } finally {
            structure.unlock();
        }
    }
}
