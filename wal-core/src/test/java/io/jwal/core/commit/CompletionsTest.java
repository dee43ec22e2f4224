package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private final Completions completions = new Completions();

    @AfterEach
    void close() {
        completions.close();
    }

    @Test
    void thereIsRoomUntilSoManyAreOutstanding() {
        fill();
        assertThat(completions.hasRoom()).isFalse();
        completions.remove(1);
        assertThat(completions.hasRoom()).isTrue();
        completions.add();
        assertThat(completions.hasRoom()).isFalse();
    }

    /** Or what depends on a future could not append, and room would never come. */
    @Test
    void whoeverCompletesFuturesAlwaysFindsRoom() throws Exception {
        fill();
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        completions.submit(() -> found.complete(completions.hasRoom()));
        assertThat(found.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsOnAThreadThatKeepsNoProcessAlive() throws Exception {
        CompletableFuture<Thread> running = new CompletableFuture<>();
        completions.submit(() -> running.complete(Thread.currentThread()));
        assertThat(running.get(30, TimeUnit.SECONDS).isDaemon()).isTrue();
        assertThat(running.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void takesNothingMoreOnceItIsClosed() {
        completions.close();
        assertThatThrownBy(() -> completions.submit(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private void fill() {
        IntStream.range(0, Completions.MAX_OUTSTANDING).forEach(i -> completions.add());
    }
}
