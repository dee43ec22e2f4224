package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalFailedException;
import io.jwal.core.log.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits that go on before their syncs have come back, two at most. */
class PipelinedCommitTest {
    private static final Contents ONE = Contents.of(new byte[10]);

    private final RecordingTarget target = new RecordingTarget();
    private final Health health = new Health(1, () -> 1);
    private final Tail tail = new Tail(0);
    private final GroupCommit commit = new GroupCommit(
            new CommitSettings(Durability.SYNC, Duration.ofHours(1), Duration.ZERO, 1000, 1000, 1000, 2),
            target,
            tail,
            health);

    @AfterEach
    void close() {
        health.close();
        target.syncs().forEach(sync -> sync.complete(0L));
        commit.close(() -> {});
    }

    /** Hands over a batch of one entry, whose sync does not come back. */
    private Background<Long> launch() throws InterruptedException {
        Background<Long> append = Background.call(() -> commit.append(ONE, 0));
        target.awaitSync();
        return append.awaitStuck();
    }

    private void comeBack(int sync) {
        target.syncs().get(sync).complete(0L);
    }

    @Test
    void theNextBatchIsWrittenWhileTheLastOneIsSynced() throws Exception {
        Background<Long> first = launch();
        Background<Long> second = launch();
        assertThat(tail.written()).isEqualTo(2);
        assertThat(tail.durable()).isZero();
        comeBack(1);
        comeBack(0);
        assertThat(first.result()).isEqualTo(1);
        assertThat(second.result()).isEqualTo(2);
        assertThat(tail.durable()).isEqualTo(2);
    }

    @Test
    void whatComesWhenNoMoreMayBeUnderWayGathers() throws Exception {
        launch();
        launch();
        Background<Long> third = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        Background<Long> fourth = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        assertThat(target.syncs()).hasSize(2);
        comeBack(0);
        target.awaitSync();
        comeBack(1);
        comeBack(2);
        assertThat(third.result()).isIn(3L, 4L);
        assertThat(fourth.result()).isIn(3L, 4L);
        assertThat(target.calls()).last().isEqualTo("append 3-4, synced later");
    }

    @Test
    void aSegmentIsLeftOnlyWhenAllOfItIsDurable() throws Exception {
        launch();
        target.due();
        Background<Long> rolling = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        assertThat(target.calls()).containsExactly("append 1-1, synced later");
        comeBack(0);
        target.awaitSync();
        comeBack(1);
        assertThat(rolling.result()).isEqualTo(2);
        assertThat(target.calls()).containsExactly("append 1-1, synced later", "roll", "append 2-2, synced later");
    }

    @Test
    void noSegmentIsBegunBehindASyncThatFailed() throws Exception {
        launch();
        target.due();
        Background<Long> rolling = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        target.syncs().get(0).completeExceptionally(new IOException("the disk is gone"));
        assertThat(rolling.failure()).isInstanceOf(WalFailedException.class);
        assertThat(target.calls()).containsExactly("append 1-1, synced later");
    }

    @Test
    void aWriteThatFailsLetsTheSyncBeforeItEndWell() throws Exception {
        Background<Long> first = launch();
        target.failNext(new IOException("the disk is gone"));
        Background<Long> failing = Background.call(() -> commit.append(ONE, 0));
        await().until(() -> !health.canWrite());
        assertThat(first.isDone()).isFalse();
        comeBack(0);
        assertThat(first.result()).isEqualTo(1);
        assertThat(failing.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(tail.written()).isEqualTo(1);
    }

    @Test
    void syncingWaitsForWhatIsUnderWayAndAsksForNothingMore() throws Exception {
        launch();
        Background<Boolean> syncing = Background.run(commit::sync).awaitStuck();
        assertThat(syncing.isDone()).isFalse();
        comeBack(0);
        assertThat(syncing.result()).isTrue();
        assertThat(target.calls()).containsExactly("append 1-1, synced later");
    }

    @Test
    void aBarrierWaitsForWhatIsUnderWay() throws Exception {
        launch();
        Background<Boolean> barrier = Background.run(() ->
                        commit.exclusively(() -> assertThat(tail.durable()).isEqualTo(1)))
                .awaitStuck();
        comeBack(0);
        assertThat(barrier.result()).isTrue();
    }

    @Test
    void nothingIsIdleWhileASyncIsUnderWay() throws Exception {
        launch();
        boolean[] ran = new boolean[1];
        commit.ifIdle(() -> ran[0] = true);
        assertThat(ran[0]).isFalse();
        comeBack(0);
        commit.ifIdle(() -> ran[0] = true);
        assertThat(ran[0]).isTrue();
    }

    /** Whoever closes the store next must not pull it away under a sync. */
    @Test
    void closingALogThatHasFailedWaitsForTheLastSync() throws Exception {
        launch();
        health.fail(new IOException("the disk is gone"));
        health.close();
        Background<Boolean> closing =
                Background.run(() -> commit.close(() -> {})).awaitStuck();
        assertThat(closing.isDone()).isFalse();
        comeBack(0);
        assertThat(closing.result()).isTrue();
    }

    @Test
    void futuresGoOnBesideEachOtherToo() throws Exception {
        CompletableFuture<Long> first = commit.appendAsync(ONE, 0, true);
        target.awaitSync();
        CompletableFuture<Long> second = commit.appendAsync(ONE, 0, true);
        target.awaitSync();
        comeBack(0);
        comeBack(1);
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    /** It found leadership taken, and its batch is not one that the sync waits for. */
    @Test
    void whoComesDuringASyncIsCommittedAfterIt() throws Exception {
        launch();
        Background<Boolean> syncing = Background.run(commit::sync).awaitStuck();
        Background<Long> coming = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        comeBack(0);
        assertThat(syncing.result()).isTrue();
        target.awaitSync();
        comeBack(1);
        assertThat(coming.result()).isEqualTo(2);
    }
}
