package io.jwal.store.s3.simulator;

import io.jwal.store.s3.objects.IoCall;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends each request on an actor of its own. */
final class ScheduledRequests implements Requests {
    private final Scheduler scheduler;
    private final Machine machine;
    private int started;

    ScheduledRequests(Scheduler scheduler, Machine machine) {
        this.scheduler = scheduler;
        this.machine = machine;
    }

    @Override
    public <T> CompletableFuture<T> start(IoCall<T> call) {
        CompletableFuture<T> future = new CompletableFuture<>();
        scheduler.add(machine, "request " + ++started, () -> true, () -> {
            T result;
            try {
                result = call.run();
            } catch (IOException | RuntimeException e) {
                future.completeExceptionally(e);
                return;
            }
            future.complete(result);
        });
        return future;
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws IOException {
        scheduler.awaitUntil(future::isDone);
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        }
    }

    /** On the caller's actor: it does nothing meanwhile. */
    @Override
    public <T> T call(IoCall<T> call) throws IOException {
        return call.run();
    }

    @Override
    public void close() {}
}
