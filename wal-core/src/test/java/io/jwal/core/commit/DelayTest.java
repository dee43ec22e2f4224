package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.core.commit.RecordingTarget.Stop;
import io.jwal.core.log.Background;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A commit that waits for company. */
class DelayTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Contents SMALL = Contents.of(new byte[10]);
    private static final Contents LARGE = Contents.of(new byte[900]);

    private final RecordingTarget target = new RecordingTarget();
    private final Health health = new Health(1, () -> 1);
    private final Tail tail = new Tail(0);
    private GroupCommit commit = commit(NEVER);

    private GroupCommit commit(Duration delay) {
        return new GroupCommit(
                new CommitSettings(Durability.SYNC, NEVER, delay, 1000, 1000, 1000, 1), target, tail, health);
    }

    @AfterEach
    void close() {
        health.close();
        commit.close(() -> {});
    }

    @Test
    void aCommitComesWhenTheDelayIsOverAndNoSooner() {
        Duration delay = Duration.ofMillis(30);
        commit = commit(delay);
        long before = System.nanoTime();
        assertThat(commit.append(SMALL, 0)).isEqualTo(1);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(delay.toNanos());
    }

    @Test
    void aFutureWaitsForCompanyToo() throws Exception {
        Duration delay = Duration.ofMillis(30);
        commit = commit(delay);
        long before = System.nanoTime();
        assertThat(commit.appendAsync(SMALL, 0, true).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(delay.toNanos());
    }

    @Test
    void aBufferThatIsNearlyFullDoesNotWait() {
        assertThat(commit.append(LARGE, 0)).isEqualTo(1);
    }

    @Test
    void whoFillsTheBufferEndsTheDelayOfAnAppend() throws Exception {
        Background<Long> first = Background.call(() -> commit.append(SMALL, 0)).awaitStuck();
        assertThat(target.calls()).isEmpty();
        assertThat(commit.append(LARGE, 0)).isEqualTo(2);
        assertThat(first.result()).isEqualTo(1);
        assertThat(target.calls()).containsExactly("append 1-2, synced");
    }

    @Test
    void whoFillsTheBufferEndsTheDelayOfAFuture() throws Exception {
        CompletableFuture<Long> first = commit.appendAsync(SMALL, 0, true);
        assertThat(commit.append(LARGE, 0)).isEqualTo(2);
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(target.calls()).containsExactly("append 1-2, synced");
    }

    @Test
    void whoFindsNoRoomEndsTheDelay() throws Exception {
        Background<Long> first = Background.call(() -> commit.append(Contents.of(new byte[500]), 0))
                .awaitStuck();
        Background<Long> second = Background.call(() -> commit.append(Contents.of(new byte[600]), 0));
        assertThat(first.result()).isEqualTo(1);
        await().until(() -> tail.accepted() == 2);
        health.close(); // ends the delay of the second
        assertThat(second.result()).isEqualTo(2);
        assertThat(target.calls()).containsExactly("append 1-1, synced", "append 2-2, synced");
    }

    @Test
    void closingEndsTheDelayAndWritesWhatWasAccepted() throws Exception {
        Background<Long> waiting =
                Background.call(() -> commit.append(SMALL, 0)).awaitStuck();
        health.close();
        assertThat(waiting.result()).isEqualTo(1);
        assertThat(target.calls()).containsExactly("append 1-1, synced");
    }

    @Test
    void anInterruptIsKeptAndDoesNotEndTheDelay() throws Exception {
        Background<Boolean> waiting = Background.call(() -> {
                    commit.append(SMALL, 0);
                    return Thread.interrupted();
                })
                .awaitStuck();
        waiting.interrupt();
        waiting.awaitStuck();
        assertThat(target.calls()).isEmpty();
        assertThat(commit.append(LARGE, 0)).isEqualTo(2);
        assertThat(waiting.result()).isTrue();
    }

    /** Has a future wait for company, on the thread that commits in the background. */
    private CompletableFuture<Long> delayInBackground() {
        CompletableFuture<Long> future = commit.appendAsync(SMALL, 0, true);
        await().until(this::isLed);
        return future;
    }

    private boolean isLed() {
        boolean[] idle = new boolean[1];
        commit.ifIdle(() -> idle[0] = true);
        return !idle[0];
    }

    @Test
    void closingEndsTheDelayOfAFuture() throws Exception {
        CompletableFuture<Long> future = delayInBackground();
        health.close();
        assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void whoSharesTheBatchOfAFutureIsWoken() throws Exception {
        CompletableFuture<Long> future = delayInBackground();
        Stop stop = target.stopNext();
        Background<Long> sharing = Background.call(() -> commit.append(LARGE, 0));
        stop.awaitReached();
        sharing.awaitStuck();
        stop.release();
        assertThat(sharing.result()).isEqualTo(2);
        assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
}
