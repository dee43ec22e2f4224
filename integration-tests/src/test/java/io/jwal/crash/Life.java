package io.jwal.crash;

import io.jwal.Durability;
import io.jwal.FencedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.log.Upkeep;
import io.jwal.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A log from its opening on: does the steps of a script, and says of each what may be found while it is under way. */
final class Life {
    private final CrashCase script;
    private final Supplier<Store> stores;
    private final Promise promise;
    private final Turns turns;
    private final RandomGenerator random;
    private volatile @Nullable Wal wal;
    private volatile boolean opened;

    /**
     * A life of a log that is not open yet.
     *
     * @param stores the log's store, anew for each opening
     */
    Life(CrashCase script, Supplier<Store> stores, Promise promise, Turns turns, RandomGenerator random) {
        this.script = script;
        this.stores = stores;
        this.promise = promise;
        this.turns = turns;
        this.random = random;
    }

    /** Whether it was opened once: what was found then is certain. */
    boolean wasOpened() {
        return opened;
    }

    /** What the log says is durable; 0 while it is being opened. */
    long durableIndex() {
        Wal log = wal;
        return log == null ? 0 : log.durableIndex();
    }

    void open() {
        turns.begin();
        try {
            wal = JWal.open(script.config(stores.get()));
            opened = true;
        } finally {
            turns.end();
        }
        upkeep().finish();
    }

    private Wal log() {
        Wal log = wal;
        if (log == null) {
            throw new IllegalStateException("open() comes first");
        }
        return log;
    }

    private Upkeep upkeep() {
        return Upkeep.of(log());
    }

    /** With a segment being written by this thread, and no lock held that the background wants. */
    void letOthersGoFirst() {
        if (random.nextInt(3) == 0) {
            upkeep().finish();
        }
    }

    void step(Step step) {
        turns.begin();
        try {
            perform(step);
        } finally {
            turns.end();
        }
        upkeep().finish();
    }

    private void perform(Step step) {
        switch (step.kind()) {
            case APPEND -> append(batch(step.numbers()));
            case APPEND_ASYNC -> appendAsync(batch(step.numbers()));
            case TRUNCATE_BEFORE -> truncateBefore(step);
            case TRUNCATE_AFTER -> truncateAfter(step);
            case JUMP -> jump(step.number(0), entry(step.number(1)));
            case CONSUME -> consume(step);
            case SET_PROPERTY -> setProperty("p" + step.number(0));
            case SYNC -> {
                log().sync();
                promise.doneDurably();
            }
            case READ -> check();
            case RETAIN -> retain();
            case REOPEN -> reopen();
            case TAKE_OVER -> takeOver();
        }
    }

    private boolean syncs() {
        return script.durability() == Durability.SYNC;
    }

    private void answered() {
        if (syncs()) {
            promise.doneDurably();
        } else {
            promise.done();
        }
    }

    private byte[] entry(int size) {
        byte[] bytes = new byte[size];
        if (random.nextInt(5) != 0) { // else all zeros
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private List<byte[]> batch(List<Integer> sizes) {
        return sizes.stream().map(this::entry).toList();
    }

    private void append(List<byte[]> batch) {
        promise.append(batch);
        long index = batch.size() == 1 ? log().append(batch.get(0)) : log().appendAll(batch);
        expect("appended", promise.log().last(), index);
        answered();
    }

    /** The first is on its way when the others come, which share a commit. */
    private void appendAsync(List<byte[]> entries) {
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        long before = promise.log().last();
        for (byte[] entry : entries) {
            promise.append(List.of(entry));
            futures.add(log().appendAsync(entry));
            if (syncs() && futures.size() == 1) {
                turns.awaitOther(futures.get(0)::isDone);
            }
        }
        turns.end();
        for (int i = 0; i < futures.size(); i++) {
            try {
                expect("appended", before + 1 + i, futures.get(i).join());
            } catch (CompletionException e) {
                throw e.getCause() instanceof WalException failed ? failed : e;
            }
        }
        answered();
    }

    private void truncateBefore(Step step) {
        Contents.Log now = promise.log();
        long to = step.within(now.first(), now.last() + 1);
        promise.each(log -> log.from(to));
        log().truncateBefore(to);
        promise.done();
    }

    private void truncateAfter(Step step) {
        Contents.Log now = promise.log();
        long to = step.within(now.first() - 1, now.last());
        promise.one(now.upTo(to));
        promise.keep(promise.kept().upTo(to));
        log().truncateAfter(to);
        promise.doneDurably();
    }

    private void jump(int gap, byte[] entry) {
        Contents.Log now = promise.log();
        boolean empty = now.entries().isEmpty();
        long index = now.last() + 1 + (empty ? gap : 0);
        if (index > now.last() + 1) {
            Contents.Log moved = new Contents.Log(index, index, List.of());
            promise.one(moved, moved.with(List.of(entry)));
        } else {
            promise.append(List.of(entry));
        }
        log().write(index, entry);
        answered();
    }

    private void consume(Step step) {
        long first = promise.log().first();
        long next = step.within(first, Math.max(first, log().durableIndex() + 1));
        promise.keep(new Contents.Kept(next, promise.kept().property()));
        try (WalConsumer consumer = log().consumer(Contents.name())) {
            consumer.seek(next);
            consumer.poll(Duration.ZERO);
            consumer.seek(next);
            consumer.commit();
        }
        promise.done();
    }

    private void setProperty(String value) {
        promise.keep(new Contents.Kept(promise.kept().position(), value));
        log().setProperty(Contents.name(), value.getBytes(StandardCharsets.UTF_8));
        promise.done();
    }

    private void retain() {
        promise.each(Contents.Log::loosened);
        upkeep().retain();
        long first = log().firstIndex();
        promise.each(log -> {
            Contents.Log left = log.from(first);
            return new Contents.Log(left.first(), left.first(), left.entries());
        });
        promise.done();
    }

    private void reopen() {
        Wal before = log();
        wal = null;
        before.close();
        promise.doneDurably();
        wal = JWal.open(script.config(stores.get()));
        check();
    }

    /** Where there is no lock: another writer opens the log, and this one can add nothing any more. */
    private void takeOver() {
        Wal before = log();
        before.sync();
        promise.doneDurably();
        wal = null;
        try (before) {
            wal = JWal.open(script.config(stores.get()));
            check();
            checkReplaced(before);
        }
    }

    private static void checkReplaced(Wal before) {
        try {
            before.append(new byte[1]);
        } catch (FencedException e) {
            return; // that is how it learns of it
        }
        throw new AssertionError("a writer that was replaced has appended");
    }

    /** The log holds for its writer what it should. */
    void check() {
        Contents found = Contents.of(log());
        if (!promise.log().allows(found.log()) || !promise.kept().equals(found.kept())) {
            throw new AssertionError("the log holds " + found + ", and not " + promise.log() + ", " + promise.kept());
        }
    }

    private static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new AssertionError(what + " at " + found + " instead of " + expected);
        }
    }

    /** Closes the log, which may have failed. */
    void end() {
        turns.end();
        Wal log = wal;
        if (log != null) {
            try {
                log.close();
            } catch (WalException e) {
                // It could not write any more; nobody was promised anything.
            }
        }
    }
}
