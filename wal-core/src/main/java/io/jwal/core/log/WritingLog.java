package io.jwal.core.log;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.EntryTooLargeException;
import io.jwal.OutOfOrderException;
import io.jwal.OutOfRangeException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalException;
import io.jwal.WalInterruptedException;
import io.jwal.WalStats;
import io.jwal.core.commit.Contents;
import io.jwal.core.commit.GroupCommit;
import io.jwal.core.commit.Health;
import io.jwal.core.commit.Tail;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.read.LogView;
import io.jwal.core.read.Reading;
import io.jwal.core.segment.BatchWalk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A log open for writing. Hands each call to the part that owns it. */
public final class WritingLog implements Wal {
    private static final int MAX_PROPERTY_BYTES = 64 << 10;
    private static final Duration AGE_PAUSE = Duration.ofSeconds(1);

    private final EngineSettings settings;
    private final Ownership ownership;
    private final SegmentChain chain;
    private final GroupCommit commits;
    private final Tail tail;
    private final Health health;
    private final WriterSource source;
    private final Reading reading;
    private final Consumers consumers;
    private final AtomicBoolean closed = new AtomicBoolean();

    WritingLog(
            EngineSettings settings,
            Ownership ownership,
            SegmentChain chain,
            GroupCommit commits,
            Tail tail,
            Health health) {
        this.settings = settings;
        this.ownership = ownership;
        this.chain = chain;
        this.commits = commits;
        this.tail = tail;
        this.health = health;
        this.source = new WriterSource(
                chain,
                commits,
                tail,
                health,
                ownership.manifest(),
                ownership.cache(),
                !settings.commit().syncs());
        this.reading = new Reading(source);
        this.consumers = new Consumers(ownership.state(), source, reading, health);
    }

    /** Starts what has to be looked after while the log is open. */
    void startMaintenance() {
        if (settings.retention().isActive()) {
            maintenance().repeat(this::retain, Retention.pause(settings));
        }
        if (settings.segmentMaxAge() != null) {
            maintenance().repeat(() -> commits.ifIdle(chain::rollIfOld), AGE_PAUSE);
        }
    }

    /** Removes what retention lets go of now. */
    void retain() {
        new Retention(settings, chain, consumers, health).run();
    }

    /** Where work is done that no caller waits for. */
    Maintenance maintenance() {
        return ownership.maintenance();
    }

    @Override
    public long append(byte[] bytes) {
        return commits.append(checked(bytes), 0);
    }

    @Override
    public long append(ByteBuffer bytes) {
        checkSize(bytes.remaining());
        long index = commits.append(Contents.of(bytes), 0);
        bytes.position(bytes.limit());
        return index;
    }

    @Override
    public long appendAll(List<byte[]> entries) {
        Contents contents = checked(entries);
        health.check();
        return contents.count() == 0 ? lastIndex() : commits.append(contents, 0);
    }

    @Override
    public CompletableFuture<Long> appendAsync(byte[] bytes) {
        return async(checked(bytes), 0);
    }

    @Override
    public Optional<CompletableFuture<Long>> tryAppendAsync(byte[] bytes) {
        Contents contents = checked(bytes);
        try {
            return Optional.ofNullable(commits.appendAsync(contents, 0, false));
        } catch (WalException e) {
            return Optional.of(CompletableFuture.failedFuture(e));
        }
    }

    @Override
    public CompletableFuture<Long> appendAllAsync(List<byte[]> entries) {
        Contents contents = checked(entries);
        return contents.count() == 0 ? nothingToAppend() : async(contents, 0);
    }

    @Override
    public void write(long index, byte[] bytes) {
        Contents content = checked(bytes);
        health.check();
        if (index < 1 || index == Long.MAX_VALUE) {
            throw new OutOfOrderException(chain.lastIndex() + 1, index);
        }
        appendAt(index, content);
    }

    @Override
    public void writeAll(List<Entry> entries) {
        List<Entry> batch = List.copyOf(entries);
        Contents contents = checkedEntries(batch);
        health.check();
        if (contents.count() > 0) {
            long first = batch.get(0).index();
            checkConsecutive(batch);
            appendAt(first, contents);
        }
    }

    private void appendAt(long index, Contents contents) {
        if (isBeyondEmpty(index)) {
            commits.appendFirst(() -> jumpTo(index), contents, index);
        } else {
            commits.append(contents, index);
        }
    }

    @Override
    public CompletableFuture<Long> writeAllAsync(List<Entry> entries) {
        List<Entry> batch = List.copyOf(entries);
        Contents contents = checkedEntries(batch);
        if (contents.count() == 0) {
            return nothingToAppend();
        }
        long first = batch.get(0).index();
        try {
            checkConsecutive(batch);
            if (isBeyondEmpty(first)) {
                return commits.appendFirstAsync(() -> jumpTo(first), contents, first);
            }
        } catch (WalException e) {
            return CompletableFuture.failedFuture(e);
        }
        return async(contents, first);
    }

    private CompletableFuture<Long> nothingToAppend() {
        return health.isOpen()
                ? CompletableFuture.completedFuture(readableLast())
                : CompletableFuture.failedFuture(health.refusal());
    }

    private CompletableFuture<Long> async(Contents contents, long expected) {
        try {
            CompletableFuture<Long> promise = commits.appendAsync(contents, expected, true);
            return promise == null ? CompletableFuture.failedFuture(health.refusal()) : promise;
        } catch (WalInterruptedException e) {
            throw e;
        } catch (WalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Contents checked(byte[] bytes) {
        checkSize(bytes.length);
        return Contents.of(bytes);
    }

    private void checkSize(long bytes) {
        long limit = settings.commit().maxEntry();
        if (bytes > limit) {
            throw new EntryTooLargeException("the entry", bytes, limit, "bytes, maxEntry");
        }
    }

    private Contents checked(List<byte[]> entries) {
        return checkedBatch(entries.toArray(byte[][]::new).clone()); // a list may keep the array that it answers with
    }

    private Contents checkedEntries(List<Entry> entries) {
        return checkedBatch(entries.stream().map(Entry::bytes).toArray(byte[][]::new));
    }

    private Contents checkedBatch(byte[][] entries) {
        for (byte[] entry : entries) {
            checkSize(entry.length);
        }
        Contents contents = Contents.of(entries);
        checkBatch(contents.count(), contents.bytes());
        return contents;
    }

    private void checkBatch(int count, long bytes) {
        if (bytes > settings.commit().maxBatch()) {
            throw new EntryTooLargeException(
                    "the batch", bytes, settings.commit().maxBatch(), "bytes, maxBatch");
        }
        if (count > Layout.MAX_ENTRIES) {
            throw new EntryTooLargeException("the batch", count, Layout.MAX_ENTRIES, "entries, the format");
        }
    }

    private static void checkConsecutive(List<Entry> entries) {
        long expected = entries.get(0).index();
        for (Entry entry : entries) {
            if (entry.index() != expected) {
                throw new OutOfOrderException(expected, entry.index());
            }
            expected++;
        }
    }

    /**
     * On an empty log the caller may choose where it goes on. The manifest says so before the first entry does, and nobody
     * else's entry comes between.
     */
    private boolean isBeyondEmpty(long index) {
        long last = chain.lastIndex();
        return index > last + 1 && last < chain.view().firstIndex();
    }

    private void jumpTo(long index) throws IOException {
        if (isBeyondEmpty(index)) {
            chain.empty(index, () -> commits.restartAt(index));
        }
    }

    @Override
    public void truncateBefore(long first) {
        health.check();
        long now = chain.view().firstIndex(); // once: another cut, or retention, may raise it at this moment
        if (first <= now) {
            return;
        }
        checkRange(first, now, readableLast() + 1);
        if (first > chain.lastIndex() || !chain.dropBeforeOrFail(first)) {
            commits.exclusively(() -> emptyOrDropBefore(first));
        }
        tail.wake();
    }

    private void emptyOrDropBefore(long first) throws IOException {
        long last = chain.lastIndex();
        if (first <= last) {
            chain.dropBefore(first);
        } else if (first > chain.view().firstIndex()) {
            checkRange(first, chain.view().firstIndex(), last + 1);
            chain.empty(first, () -> commits.restartAt(first));
        }
    }

    @Override
    public void truncateAfter(long last) {
        health.check();
        checkRange(last, chain.view().firstIndex() - 1, Long.MAX_VALUE);
        commits.exclusively(() -> {
            checkRange(last, chain.view().firstIndex() - 1, Long.MAX_VALUE);
            if (last >= chain.lastIndex()) {
                return;
            }
            chain.cutAfter(last, this::timeOf, () -> commits.restartAt(last + 1));
            consumers.clamp(last + 1);
        });
        tail.wake();
    }

    private long timeOf(long index) {
        return reading.at(index, segment -> {
            BatchHeader header = new BatchWalk(segment).seek(index);
            return header == null ? segment.index().pointAt(index).time() : header.time();
        });
    }

    private void checkRange(long index, long from, long to) {
        if (index < from || index > to) {
            throw new OutOfRangeException(index, chain.view().firstIndex(), readableLast());
        }
    }

    @Override
    public void sync() {
        health.check();
        commits.sync();
    }

    @Override
    public WalConsumer consumer(String name) {
        return consumers.open(name);
    }

    @Override
    public void removeConsumer(String name) {
        consumers.remove(name);
    }

    @Override
    public Map<String, Long> consumers() {
        health.checkNotClosed();
        return ownership.state().current().consumers();
    }

    @Override
    public Optional<byte[]> property(String name) {
        health.checkNotClosed();
        return Optional.ofNullable(ownership.state().current().properties().get(name))
                .map(byte[]::clone);
    }

    @Override
    public Set<String> propertyNames() {
        health.checkNotClosed();
        return ownership.state().current().properties().keySet();
    }

    @Override
    public void setProperty(String name, byte[] value) {
        Consumers.checkName(name);
        if (value.length > MAX_PROPERTY_BYTES) {
            throw new IllegalArgumentException(
                    "a property has at most " + MAX_PROPERTY_BYTES + " bytes, but got " + value.length);
        }
        consumers.change(now -> now.withProperty(name, value));
    }

    @Override
    public long firstIndex() {
        health.checkNotClosed();
        return chain.view().firstIndex();
    }

    @Override
    public long lastIndex() {
        health.checkNotClosed();
        return readableLast();
    }

    private long readableLast() {
        return Math.max(source.readableEnd(0), chain.view().firstIndex() - 1);
    }

    @Override
    public boolean isEmpty() {
        health.checkNotClosed();
        while (true) {
            LogView view = chain.view();
            boolean empty = source.readableEnd(0) < view.firstIndex();
            if (view == chain.view()) { // else that may be the end of before, and the beginning of after
                return empty;
            }
        }
    }

    @Override
    public long durableIndex() {
        health.checkNotClosed();
        return tail.durable();
    }

    @Override
    public byte[] read(long index) {
        return reading.read(index);
    }

    @Override
    public List<Entry> read(long from, int maxEntries, long maxBytes) {
        return reading.read(from, maxEntries, maxBytes);
    }

    @Override
    public Cursor cursor(long from) {
        return reading.cursor(from);
    }

    @Override
    public Stream<Entry> entries(long from, long to) {
        return reading.entries(from, to);
    }

    @Override
    public long indexAt(Instant time) {
        return reading.indexAt(time);
    }

    @Override
    public WalStats stats() {
        health.checkNotClosed();
        CommitCounts counts = chain.counts();
        return Statistics.of(
                chain.view(),
                readableLast(),
                tail.durable(),
                ownership.store(),
                ownership.cache(),
                Statistics.appends(commits, counts));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        health.close();
        @Nullable WalException failure = null;
        try {
            commits.close(chain::close);
        } catch (WalException e) {
            failure = e;
        } finally {
            chain.release();
            ownership.close(failure);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
