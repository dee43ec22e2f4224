package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.core.log.Background;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a batch is handed over, and what becomes of its memory, with one sync at a time and with several. */
class BatchCommitTest {
    private static final Contents ONE = Contents.of(new byte[10]);

    private final RecordingTarget target = new RecordingTarget();
    private final Health health = new Health(1, () -> 1);
    private final Tail tail = new Tail(0);
    private final Completions completions = new Completions();

    @AfterEach
    void close() {
        completions.close();
    }

    private CommitSettings settings(int syncsInFlight) {
        return new CommitSettings(Durability.SYNC, Duration.ZERO, Duration.ZERO, 1000, 1000, 1000, syncsInFlight);
    }

    private AppendBuffer buffer(int syncsInFlight) {
        return new AppendBuffer(settings(syncsInFlight), target, tail, health, completions, () -> {}, () -> {});
    }

    private BatchCommit commit(int syncsInFlight, AppendBuffer buffer) {
        return new BatchCommit(settings(syncsInFlight), buffer, target, tail, health, completions);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingIsWrittenBeforeAllOfItIsFilled(int syncsInFlight) throws Exception {
        AppendBuffer buffer = buffer(syncsInFlight);
        BatchCommit commit = commit(syncsInFlight, buffer);
        PendingBatch batch = buffer.put(ONE, 0, null, false).batch();
        batch.beginFill();
        Background<Boolean> committing =
                Background.run(() -> commit.commitOpen(true)).awaitStuck();
        assertThat(batch.isOpen()).isFalse();
        assertThat(target.calls()).isEmpty();
        batch.endFill();
        assertThat(committing.result()).isTrue();
        assertThat(target.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theMemoryOfABatchIsUsedAgain(int syncsInFlight) {
        AppendBuffer buffer = buffer(syncsInFlight);
        BatchCommit commit = commit(syncsInFlight, buffer);
        BatchBuffer memory = buffer.put(ONE, 0, null, false).batch().buffer();
        commit.commitOpen(true);
        assertThat(memory.entries()).isZero();
        buffer.put(ONE, 0, null, false);
        commit.commitOpen(true);
        assertThat(buffer.open().buffer()).isSameAs(memory);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFutureThatIsCompletedMakesRoomForAnother(int syncsInFlight) throws Exception {
        AppendBuffer buffer = buffer(syncsInFlight);
        BatchCommit commit = commit(syncsInFlight, buffer);
        for (int i = 1; i < Completions.MAX_OUTSTANDING; i++) {
            completions.add();
        }
        CompletableFuture<Long> future = new CompletableFuture<>();
        buffer.put(ONE, 0, future, false);
        assertThat(buffer.put(ONE, 0, new CompletableFuture<>(), false)).isNull();
        commit.commitOpen(true);
        target.syncs().forEach(sync -> sync.complete(0L));
        assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        await().until(() -> buffer.put(ONE, 0, new CompletableFuture<>(), false) != null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoWaitsForTheEndIsTold(int syncsInFlight) throws Exception {
        AppendBuffer buffer = buffer(syncsInFlight);
        BatchCommit commit = commit(syncsInFlight, buffer);
        buffer.put(ONE, 0, null, false);
        Background<Boolean> waiting = Background.call(
                        () -> tail.await(tail::durable, 1, () -> false, TimeUnit.HOURS.toNanos(1)))
                .awaitStuck();
        commit.commitOpen(true);
        target.syncs().forEach(sync -> sync.complete(0L));
        assertThat(waiting.result()).isTrue();
    }
}
