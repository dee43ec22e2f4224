package io.jwal.fuzz;

import io.jwal.store.s3.objects.IoCall;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks at once, on the thread of whoever asks, so that an input always has the same effect. */
final class DirectRequests implements Requests {
    @Override
    public <T> CompletableFuture<T> start(IoCall<T> call) {
        try {
            return CompletableFuture.completedFuture(call.run());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        // no threads
    }
}
