package io.jwal.core.log;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, which a test can wait for: until it is stuck, or until it ends. */
public final class Background<T> {
    private static final long PATIENCE_SECONDS = 180;

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task, "test-background");
        thread.setDaemon(true);
        thread.start();
    }

    public static <T> Background<T> call(Callable<T> call) {
        return new Background<>(call);
    }

    public static Background<Boolean> run(Runnable action) {
        return new Background<>(() -> {
            action.run();
            return true;
        });
    }

    /** Waits until the call waits for something itself, or has ended. */
    public Background<T> awaitStuck() {
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && !task.isDone()) {
            Thread.onSpinWait();
        }
        return this;
    }

    public void interrupt() {
        thread.interrupt();
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** What the call returned. */
    public T result() throws Exception {
        return task.get(PATIENCE_SECONDS, SECONDS);
    }

    /** What the call threw, or null if it returned. */
    public @Nullable Throwable failure() throws InterruptedException, TimeoutException {
        try {
            task.get(PATIENCE_SECONDS, SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
