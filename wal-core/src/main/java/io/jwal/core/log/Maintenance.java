package io.jwal.core.log;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread for what no caller should wait for: sealing, creating ahead, deleting, retention. One task at a time. */
public final class Maintenance {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    private final ScheduledThreadPoolExecutor executor;

    /** A thread that comes with the first task. */
    public Maintenance() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "jwal-maintenance");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Runs a task soon; of a log that is being closed: never. */
    void submit(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the log is being closed; a background task was left out");
        }
    }

    /** Runs a task again and again. */
    void repeat(Runnable task, Duration interval) {
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                () -> run(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a background task of the log failed", e);
        }
    }

    /** Waits, uninterruptibly, until every task submitted before has run. */
    void drain() {
        try {
            join(executor.submit(() -> {}));
        } catch (RejectedExecutionException e) {
            joinAll();
        }
    }

    /** Runs what was submitted, takes no more tasks and waits, uninterruptibly, for the end. */
    void close() {
        if (executor.getTaskCount() > 0) {
            drain();
        }
        executor.shutdown();
        joinAll();
    }

    private static void join(Future<?> future) {
        boolean interrupted = false;
        while (true) {
            try {
                future.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | CancellationException e) {
                break;
            }
        }
        restore(interrupted);
    }

    private void joinAll() {
        boolean interrupted = false;
        while (!executor.isTerminated()) {
            try {
                executor.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
