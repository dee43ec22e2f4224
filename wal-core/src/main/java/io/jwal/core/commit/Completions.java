package io.jwal.core.commit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Completes futures in order on a thread of its own, never one that does I/O, so that what depends on them may append.
 * The thread comes with the first future and goes when there is nothing to do.
 */
final class Completions {
    /** How many appends may be outstanding: accepted, and their futures not yet completed. */
    static final int MAX_OUTSTANDING = 1 << 16;

    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private volatile Thread thread;
    private int outstanding;

    @SuppressWarnings("NullAway.Init")
    Completions() {
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread created = new Thread(task, "jwal-completions");
            created.setDaemon(true);
            thread = created;
            return created;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Whether one more may be outstanding; whoever completes futures never has to wait. Guarded by the caller. */
    boolean hasRoom() {
        return outstanding < MAX_OUTSTANDING || Thread.currentThread().equals(thread);
    }

    /** Counts one more. Guarded by the caller's lock. */
    void add() {
        outstanding++;
    }

    /** Counts some less. Guarded by the caller's lock. */
    void remove(int completed) {
        outstanding -= completed;
    }

    /** Runs something after everything that was handed over before. */
    void submit(Runnable completion) {
        executor.execute(completion);
    }

    /** Takes nothing more; what was handed over still runs. */
    void close() {
        executor.shutdown();
    }
}
