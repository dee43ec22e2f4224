package io.jwal.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of a test, which may start their tasks together; a stuck one fails the test. */
final class Race {
    /** How many threads make a race. */
    static final int THREADS = 6;

    /** How often a race is run. */
    static final int ROUNDS = 10;

    /** How often a thread repeats what it does. */
    static final int REPEATS = 25;

    private final long patience;
    private final CountDownLatch start = new CountDownLatch(1);
    private final List<FutureTask<?>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Race(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** What a thread does that comes to no result. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** Starts a thread. */
    void run(Task task) {
        FutureTask<Integer> unused = call(() -> {
            task.run();
            return 0;
        });
    }

    /** Starts a thread, whose task waits for {@link #finish}. */
    void runTogether(Task task) {
        run(() -> {
            start.await();
            task.run();
        });
    }

    /** Starts a thread. */
    <T> FutureTask<T> call(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        tasks.add(future);
        Thread thread = new Thread(future, "store-contract-" + tasks.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return future;
    }

    /** Starts a thread, whose task waits for {@link #finish}. */
    <T> FutureTask<T> callTogether(Callable<T> task) {
        return call(() -> {
            start.await();
            return task.call();
        });
    }

    /** Interrupts all threads. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Whether the test has given up waiting, so that a thread that repeats something shall stop. */
    boolean isOver() {
        return over;
    }

    /** Starts who waits, and waits until all are done. Throws what a thread threw. */
    void finish() throws Exception {
        start.countDown();
        for (FutureTask<?> task : tasks) {
            result(task);
        }
    }

    /** What a thread came to. */
    <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            over = true;
            throw new AssertionError("a thread is stuck in the store", e);
        }
    }

    /** Runs one task in a thread of its own, to its end. */
    static <T> T alone(Duration patience, Callable<T> task) throws Exception {
        Race race = new Race(patience);
        return race.result(race.call(task));
    }
}
