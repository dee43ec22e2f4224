package io.jwal.core.log;

import io.jwal.FencedException;
import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.manifest.ManifestDraft;
import io.jwal.core.manifest.OwnedRegister;
import io.jwal.core.read.LogView;
import io.jwal.core.read.SegmentCache;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which segments there are. Every change is one manifest write; readers go on by the view that follows it, and what it
 * names no longer is deleted after it. All but {@link #view} is called with {@link #lock} held.
 */
final class SegmentSet {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    private final Store store;
    private final OwnedRegister<LogManifest> manifest;
    private final SegmentCache cache;
    private final Maintenance maintenance;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ReadableSegment> open = new ArrayList<>();
    private int sequence;
    private boolean full;
    private volatile LogView view;

    SegmentSet(
            Store store,
            OwnedRegister<LogManifest> manifest,
            SegmentCache cache,
            Maintenance maintenance,
            Clock clock,
            List<ReadableSegment> survivors) {
        this.store = store;
        this.manifest = manifest;
        this.cache = cache;
        this.maintenance = maintenance;
        this.clock = clock;
        this.open.addAll(survivors);
        this.view = new LogView(manifest.current(), open);
    }

    /** Guards which segments there are. */
    ReentrantLock lock() {
        return lock;
    }

    /** The segments now. Any thread may ask. */
    LogView view() {
        return view;
    }

    /** Where the segments lie. */
    Store store() {
        return store;
    }

    /** Creates a segment that nobody knows yet; its header is durable. An id is never used again. */
    SegmentAppender create(long expectedBytes) throws IOException {
        SegmentId id = new SegmentId(manifest.current().epoch(), ++sequence);
        SegmentHeader header = new SegmentHeader(
                id, clock.millis(), ThreadLocalRandom.current().nextLong());
        try {
            return SegmentAppender.create(store, header, expectedBytes);
        } catch (StoreFullException e) {
            full = true;
            throw e;
        }
    }

    /** Gives up a segment that was never named. */
    void discard(SegmentAppender unnamed) {
        unnamed.release();
        delete(unnamed.id());
    }

    /** Names a segment to be written next, or lets go of it; perhaps instead of a sealed one whose entries it holds. */
    void nameOrRelease(SegmentAppender next, LogManifest.@Nullable Segment instead, long durable) throws IOException {
        try {
            name(next, instead, durable);
        } catch (IOException | RuntimeException | Error e) {
            next.release(); // not deleted: perhaps it is named by now
            throw e;
        }
    }

    private void name(SegmentAppender next, LogManifest.@Nullable Segment instead, long durable) throws IOException {
        change(
                draft -> {
                    if (instead != null) {
                        draft.remove(List.of(instead.id()));
                    }
                    draft.add(next.named()).durable(durable);
                },
                List.of(),
                List.of(next.readable()));
    }

    /**
     * Names sealed what holds entries, and no longer what holds none.
     *
     * @param more what else changes in the same write
     * @param beforeSeen runs once it is written, before readers go on by it
     */
    void end(Collection<SegmentAppender> ended, Consumer<ManifestDraft> more, Runnable beforeSeen) throws IOException {
        List<ReadableSegment> left =
                ended.stream().map(SegmentAppender::readable).toList();
        change(
                draft -> {
                    for (SegmentAppender appender : ended) {
                        if (appender.index().count() > 0) {
                            draft.replace(appender.sealed());
                        } else {
                            draft.remove(List.of(appender.id()));
                        }
                    }
                    more.accept(draft);
                },
                left,
                List.of(),
                beforeSeen);
        ended.forEach(SegmentAppender::closeWriter);
    }

    /** Names copies instead of everything that was open; the last of them is the only open one then. */
    void replaceOpen(Consumer<ManifestDraft> rename, @Nullable SegmentAppender last) throws IOException {
        change(rename, List.copyOf(open), last == null ? List.of() : List.of(last.readable()));
    }

    /** Names no segment any more but those set aside: the log is empty and goes on at an index. */
    void empty(long first, List<LogManifest.Segment> quarantined, List<SegmentAppender> ended) throws IOException {
        change(
                draft -> {
                    quarantined.forEach(draft::replace);
                    draft.empty(first);
                },
                List.copyOf(open),
                List.of());
        ended.forEach(SegmentAppender::closeWriter);
    }

    /** The error of a writer that was replaced meanwhile: what is missing under it its successor has dropped. */
    void checkNotReplaced(Throwable failure) {
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

    /** Raises the first index and drops what lies before it; open segments that hold nothing else are given. */
    void dropBefore(long first, List<ReadableSegment> passed) throws IOException {
        List<SegmentId> ids = passed.stream().map(ReadableSegment::id).toList();
        change(draft -> draft.first(first).remove(ids).dropPassed(), passed, List.of());
    }

    private void change(Consumer<ManifestDraft> edit, List<ReadableSegment> left, List<ReadableSegment> entered)
            throws IOException {
        change(edit, left, entered, () -> {});
    }

    private void change(
            Consumer<ManifestDraft> edit,
            List<ReadableSegment> left,
            List<ReadableSegment> entered,
            Runnable beforeSeen)
            throws IOException {
        List<LogManifest.Segment> before = manifest.current().segments();
        LogManifest after = manifest.update(ManifestDraft.edit(edit));
        open.removeAll(left);
        open.addAll(entered);
        beforeSeen.run();
        view = new LogView(after, open);
        left.forEach(ReadableSegment::release);
        dropped(before, after);
    }

    /**
     * Deletes what the manifest named before and names no longer. In the background, unless the store was found full:
     * then the next append needs the room at once.
     */
    private void dropped(List<LogManifest.Segment> before, LogManifest after) {
        Set<SegmentId> kept = new HashSet<>();
        after.segments().forEach(segment -> kept.add(segment.id()));
        for (LogManifest.Segment segment : before) {
            if (!kept.contains(segment.id())) {
                cache.forget(segment.id());
                if (full) {
                    delete(segment.id());
                } else {
                    maintenance.submit(() -> delete(segment.id()));
                }
            }
        }
    }

    /** Deletes a segment that no manifest names any more; one that stays is collected at the next opening. */
    void delete(SegmentId id) {
        try {
            store.deleteSegment(id);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "segment " + id + " could not be deleted; it is garbage now", e);
        }
    }

    /** Deletes what writers before this one have left behind and no manifest names. */
    void collect() throws IOException {
        LogManifest now = manifest.current();
        Set<SegmentId> named = new HashSet<>();
        now.segments().forEach(segment -> named.add(segment.id()));
        for (SegmentId id : store.listSegments()) {
            if (!named.contains(id) && id.epoch() < now.epoch()) {
                delete(id);
            }
        }
    }

    /** Lets go of everything; nothing is written. */
    void release(Collection<SegmentAppender> writing) {
        for (SegmentAppender appender : writing) {
            open.remove(appender.readable());
            appender.release();
        }
        open.forEach(ReadableSegment::release);
        open.clear();
    }
}
