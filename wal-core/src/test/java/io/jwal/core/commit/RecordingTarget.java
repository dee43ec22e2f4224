package io.jwal.core.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers what it was asked for, and lets a test decide when and how that ends. */
final class RecordingTarget implements BatchTarget {
    private static final long PATIENCE_SECONDS = 30;

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Long>> syncs = new CopyOnWriteArrayList<>();
    private final Semaphore asked = new Semaphore(0);
    private volatile boolean ready = true;
    private volatile boolean due;
    private volatile @Nullable Stop stop;
    private volatile @Nullable Exception failure;
    private volatile @Nullable Thread caller;

    /** Where one call waits until it may go on. */
    static final class Stop {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void awaitReached() throws InterruptedException {
            if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        }

        void release() {
            released.countDown();
        }

        private void pass() throws IOException {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException("a test does not interrupt here", e);
            }
        }
    }

    /** The calls so far, such as {@code append 1-3, synced}, without those that only ask. */
    List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** What came of the syncs that were asked for later; for the test to complete. */
    List<CompletableFuture<Long>> syncs() {
        return syncs;
    }

    /** Waits until one more sync was asked for later. */
    void awaitSync() throws InterruptedException {
        if (!asked.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked for a sync");
        }
    }

    /** Who came last. */
    @Nullable
    Thread caller() {
        return caller;
    }

    void notReady() {
        ready = false;
    }

    /** The next batch goes to the next segment. */
    void due() {
        due = true;
    }

    /** Has the next call stop. */
    Stop stopNext() {
        Stop next = new Stop();
        stop = next;
        return next;
    }

    /** Has the next call fail. */
    void failNext(Exception next) {
        failure = next;
    }

    private void called(String call) throws IOException {
        caller = Thread.currentThread();
        calls.add(call);
        Stop here = stop;
        if (here != null) {
            stop = null;
            here.pass();
        }
        Exception thrown = failure;
        failure = null;
        if (thrown instanceof IOException e) {
            throw e;
        } else if (thrown instanceof RuntimeException e) {
            throw e;
        }
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void prepare() {
        calls.add("prepare");
        ready = true;
    }

    @Override
    public boolean isDue(BatchBuffer batch) {
        return due;
    }

    @Override
    public void roll() throws IOException {
        called("roll");
        due = false;
    }

    @Override
    public void append(BatchBuffer batch, long firstIndex, boolean sync) throws IOException {
        called(append(batch, firstIndex) + (sync ? ", synced" : ""));
    }

    @Override
    public CompletableFuture<Long> appendAndSyncLater(BatchBuffer batch, long firstIndex) throws IOException {
        called(append(batch, firstIndex) + ", synced later");
        CompletableFuture<Long> sync = new CompletableFuture<>();
        syncs.add(sync);
        asked.release();
        return sync;
    }

    private static String append(BatchBuffer batch, long firstIndex) {
        return "append " + firstIndex + "-" + (firstIndex + batch.entries() - 1);
    }

    @Override
    public void sync() throws IOException {
        called("sync");
    }
}
