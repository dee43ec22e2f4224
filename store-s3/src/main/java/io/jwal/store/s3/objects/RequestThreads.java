package io.jwal.store.s3.objects;

import io.jwal.store.StoreException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that come when there is something to ask and go when there is not. */
public final class RequestThreads implements Requests {
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /**
     * So many at most; further calls wait for their turn.
     *
     * @param most how many requests may be under way at once
     */
    public RequestThreads(int most) {
        executor = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "jwal-s3");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public <T> CompletableFuture<T> start(IoCall<T> call) {
        CompletableFuture<T> future = new CompletableFuture<>();
        try {
            executor.execute(() -> run(call, future));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new StoreException("the store is closed", e));
        } catch (OutOfMemoryError e) { // no thread to be had: whoever waits is told
            future.completeExceptionally(new StoreException("no thread could be started for a request", e));
        }
        return future;
    }

    private static <T> void run(IoCall<T> call, CompletableFuture<T> future) {
        T result;
        try {
            result = call.run();
        } catch (IOException | RuntimeException | Error e) {
            future.completeExceptionally(e);
            return;
        }
        future.complete(result);
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw rethrown(e);
        }
    }

    /** What a call threw, as itself. */
    static IOException rethrown(CompletionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(e);
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
