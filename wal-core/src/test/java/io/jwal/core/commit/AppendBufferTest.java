package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.OutOfOrderException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalClosedException;
import io.jwal.WalFailedException;
import io.jwal.WalInterruptedException;
import io.jwal.core.format.Layout;
import io.jwal.core.log.Background;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AppendBufferTest {
    private final RecordingTarget target = new RecordingTarget();
    private final Tail tail = new Tail(0);
    private final Completions completions = new Completions();
    private Runnable preparation = target::prepare;
    private final AtomicInteger hurried = new AtomicInteger();
    private final Health health = new Health(1, () -> 1);
    private final AppendBuffer buffer = new AppendBuffer(
            new CommitSettings(Durability.SYNC, Duration.ofSeconds(1), Duration.ZERO, 1000, 1000, 1000, 1),
            target,
            tail,
            health,
            completions,
            () -> preparation.run(),
            hurried::incrementAndGet);

    /** Its place among the entries of others is there, and what is in it nobody knows. */
    @Test
    void aCallThatCannotBeCopiedEndsTheLog() {
        byte[][] entries = {new byte[10], new byte[10]};
        Contents contents = Contents.of(entries);
        entries[1] = null;
        assertThatThrownBy(() -> buffer.put(contents, 0, null, true)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(health.canWrite()).isFalse();
        buffer.open().awaitFilled();
    }

    private static Contents bytes(int count) {
        return Contents.of(new byte[count]);
    }

    private AppendBuffer.Ticket put(Contents contents) {
        return buffer.put(contents, 0, null, false);
    }

    @Test
    void givesOutIndexesInOrder() throws Exception {
        assertThat(put(bytes(10)).lastIndex()).isEqualTo(1);
        assertThat(put(Contents.of(new byte[3][10])).lastIndex()).isEqualTo(4);
        assertThat(tail.accepted()).isEqualTo(4);
        assertThat(buffer.open().firstIndex()).isEqualTo(1);
        assertThat(buffer.open().lastIndex()).isEqualTo(4);
        assertThat(Background.call(buffer::accepted).result()).isEqualTo(new Accepted(4, 40));
        assertThatThrownBy(() -> buffer.put(bytes(1), 4, null, true)).isInstanceOf(OutOfOrderException.class);
        assertThat(buffer.put(bytes(1), 5, null, true)).isNotNull();
    }

    /** With its header an entry of 484 bytes takes 492, and two of 492 and 508 fill a buffer of 1000. */
    @Test
    void takesWhatFitsToTheByte() {
        assertThat(put(bytes(484))).isNotNull();
        assertThat(put(bytes(501))).isNull();
        assertThat(put(bytes(500))).isNotNull();
        assertThat(put(bytes(0))).isNull();
    }

    @Test
    void countsTheHeadersOfAllEntriesOfACall() {
        assertThat(put(bytes(484))).isNotNull();
        assertThat(put(Contents.of(new byte[][] {new byte[492], {}}))).isNotNull();
        assertThat(put(bytes(0))).isNull();
    }

    @Test
    void oneCallMayBeLargerThanABatchShouldBe() {
        assertThat(put(bytes(5000))).isNotNull();
        assertThat(put(bytes(0))).isNull();
    }

    @Test
    void isFullFromSevenEighthsOn() {
        put(bytes(874 - Layout.ENTRY_HEADER_BYTES));
        assertThat(buffer.isFull()).isFalse();
        assertThat(hurried).hasValue(0);
        buffer.recycle(buffer.take());
        put(bytes(875 - Layout.ENTRY_HEADER_BYTES));
        assertThat(buffer.isFull()).isTrue();
        assertThat(hurried).hasValue(1);
    }

    @Test
    void whoFindsNoRoomMakesItFullUntilItIsTaken() {
        put(bytes(500));
        assertThat(buffer.isFull()).isFalse();
        assertThat(put(bytes(500))).isNull();
        assertThat(buffer.isFull()).isTrue();
        assertThat(hurried).hasValue(1);
        buffer.take();
        assertThat(buffer.isFull()).isFalse();
    }

    @Test
    void whatIsTakenIsClosedAndAnotherBatchOpens() {
        assertThat(buffer.take()).isNull();
        PendingBatch batch = put(bytes(10)).batch();
        assertThat(buffer.take()).isSameAs(batch);
        assertThat(batch.isOpen()).isFalse();
        assertThat(buffer.take()).isNull();
        AppendBuffer.Ticket next = put(bytes(10));
        assertThat(next.batch()).isNotSameAs(batch);
        assertThat(next.batch().firstIndex()).isEqualTo(2);
    }

    @Test
    void memoryGoesAroundEmptied() {
        PendingBatch first = put(bytes(10)).batch();
        buffer.take();
        buffer.recycle(first);
        put(bytes(10));
        PendingBatch second = buffer.take();
        assertThat(second.buffer()).isNotSameAs(first.buffer());
        assertThat(buffer.open().buffer()).isSameAs(first.buffer());
        assertThat(buffer.open().isEmpty()).isTrue();
        put(bytes(10));
        buffer.take();
        assertThat(buffer.open().buffer()).isNotSameAs(first.buffer());
    }

    @Test
    void whoWaitsForRoomGetsItWhenABatchIsTaken() throws Exception {
        put(bytes(900));
        Background<Long> waiting = Background.call(
                        () -> buffer.put(bytes(900), 0, null, true).lastIndex())
                .awaitStuck();
        assertThat(tail.accepted()).isEqualTo(1);
        buffer.take();
        assertThat(waiting.result()).isEqualTo(2);
    }

    @Test
    void whoWaitsForRoomIsToldWhenTheLogEnds() throws Exception {
        put(bytes(900));
        Background<AppendBuffer.Ticket> waiting =
                Background.call(() -> buffer.put(bytes(900), 0, null, true)).awaitStuck();
        health.close();
        buffer.wake();
        assertThat(waiting.failure()).isInstanceOf(WalClosedException.class);
    }

    @Test
    void whoWaitsForRoomCanBeInterruptedAndKeepsTheInterrupt() throws Exception {
        put(bytes(900));
        Background<Boolean> waiting = Background.call(() -> {
                    assertThatThrownBy(() -> buffer.put(bytes(900), 0, null, true))
                            .isInstanceOf(WalInterruptedException.class);
                    return Thread.interrupted();
                })
                .awaitStuck();
        waiting.interrupt();
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void nothingIsAcceptedWhilePausedAndNobodyIsHurriedForIt() throws Exception {
        buffer.pause();
        assertThat(put(bytes(10))).isNull();
        assertThat(buffer.isFull()).isFalse();
        Background<Long> waiting = Background.call(
                        () -> buffer.put(bytes(10), 0, null, true).lastIndex())
                .awaitStuck();
        buffer.restartAt(100);
        assertThat(tail.durable()).isEqualTo(99);
        assertThat(buffer.putFirst(bytes(10), 100, null).lastIndex()).isEqualTo(100);
        buffer.resume();
        assertThat(waiting.result()).isEqualTo(101);
    }

    @Test
    void onePausesAtATime() throws Exception {
        buffer.pause();
        Background<Boolean> second = Background.run(buffer::pause).awaitStuck();
        assertThat(second.isDone()).isFalse();
        buffer.resume();
        assertThat(second.result()).isTrue();
        assertThat(put(bytes(10))).isNull();
    }

    @Test
    void theFirstBehindABarrierMustHaveItsIndex() {
        buffer.pause();
        assertThatThrownBy(() -> buffer.putFirst(bytes(10), 2, null)).isInstanceOf(OutOfOrderException.class);
        assertThat(buffer.putFirst(bytes(10), 1, null).lastIndex()).isEqualTo(1);
    }

    @Test
    void aSegmentIsMadeBeforeAnythingIsAccepted() {
        target.notReady();
        assertThat(put(bytes(10))).isNotNull();
        assertThat(target.calls()).containsExactly("prepare");
    }

    @Test
    void aSegmentIsMadeBeforeTheFirstBehindABarrier() {
        target.notReady();
        buffer.pause();
        buffer.putFirst(bytes(10), 0, null);
        assertThat(target.calls()).containsExactly("prepare");
    }

    @Test
    void behindTheLastIndexNothingIsAccepted() {
        buffer.restartAt(Long.MAX_VALUE - 2);
        assertThatThrownBy(() -> put(Contents.of(new byte[3][1]))).isInstanceOf(WalFailedException.class);
        assertThat(put(Contents.of(new byte[2][1])).lastIndex()).isEqualTo(Long.MAX_VALUE - 1);
        assertThatThrownBy(() -> put(bytes(1))).isInstanceOf(WalFailedException.class);
        assertThat(health.isOpen()).isTrue();
    }

    @Test
    void asManyFuturesAsMayBeOutstanding() {
        for (int i = 0; i < Completions.MAX_OUTSTANDING; i++) {
            completions.add();
        }
        assertThat(buffer.put(bytes(10), 0, new CompletableFuture<>(), false)).isNull();
        assertThat(put(bytes(10))).as("who waits itself needs no future").isNotNull();
        buffer.take();
        buffer.completed(1);
        assertThat(buffer.put(bytes(10), 0, new CompletableFuture<>(), false)).isNotNull();
        assertThat(buffer.put(bytes(10), 0, new CompletableFuture<>(), false)).isNull();
    }

    @Test
    void aFutureIsPromisedTheLastIndexOfItsCall() {
        CompletableFuture<Long> future = new CompletableFuture<>();
        PendingBatch batch =
                buffer.put(Contents.of(new byte[3][10]), 0, future, false).batch();
        assertThat(batch.promises()).isEqualTo(1);
        batch.succeed();
        batch.keepPromises();
        assertThat(future).isCompletedWithValue(3L);
    }

    @Test
    void whoComesWhileTheSegmentIsMadeWaitsForItAlone() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        preparation = () -> {
            making.countDown();
            await().until(() -> made.getCount() == 0);
            target.prepare();
        };
        target.notReady();
        Background<AppendBuffer.Ticket> first = Background.call(() -> buffer.put(bytes(10), 0, null, true));
        assertThat(making.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(put(bytes(10))).isNull();
        Background<AppendBuffer.Ticket> second =
                Background.call(() -> buffer.put(bytes(10), 0, null, true)).awaitStuck();
        made.countDown();
        assertThat(first.result().lastIndex() + second.result().lastIndex()).isEqualTo(1 + 2);
        assertThat(target.calls()).containsExactly("prepare");
    }

    @Test
    void whatJoinsTheLogWithTheFirstSegmentIsCounted() {
        preparation = () -> {
            tail.reset(41);
            target.prepare();
        };
        target.notReady();
        assertThat(put(bytes(10)).lastIndex()).isEqualTo(42);
    }

    @Test
    void aBatchHoldsNoMoreEntriesThanASegmentMay() {
        AppendBuffer large = new AppendBuffer(
                new CommitSettings(Durability.SYNC, Duration.ZERO, Duration.ZERO, 1 << 30, 1000, 1000, 1),
                target,
                tail,
                health,
                completions,
                () -> {},
                () -> {});
        assertThat(large.put(bytes(0), 0, null, false)).isNotNull();
        assertThat(large.put(Contents.of(new byte[Layout.MAX_ENTRIES][0]), 0, null, false))
                .isNull();
        assertThat(large.put(Contents.of(new byte[Layout.MAX_ENTRIES - 1][0]), 0, null, false))
                .isNotNull();
        assertThat(large.put(bytes(0), 0, null, false)).isNull();
    }

    @Test
    void whoWaitsForAFuturesPlaceGetsOneWhenAnotherIsCompleted() throws Exception {
        for (int i = 0; i < Completions.MAX_OUTSTANDING; i++) {
            completions.add();
        }
        Background<Long> waiting = Background.call(() -> buffer.put(bytes(10), 0, new CompletableFuture<>(), true)
                        .lastIndex())
                .awaitStuck();
        buffer.completed(1);
        assertThat(waiting.result()).isEqualTo(1);
    }

    /** Nobody commits its batch for it: it is completed at once. */
    @Test
    void aFutureThatWaitsForNoSyncMakesRoomForAnotherToo() {
        AppendBuffer unsynced = new AppendBuffer(
                new CommitSettings(Durability.NONE, Duration.ZERO, Duration.ZERO, 1000, 1000, 1000, 1),
                target,
                tail,
                health,
                completions,
                () -> {},
                () -> {});
        for (int i = 1; i < Completions.MAX_OUTSTANDING; i++) {
            completions.add();
        }
        CompletableFuture<Long> future = new CompletableFuture<>();
        unsynced.put(bytes(10), 0, future, false);
        assertThat(future).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1L);
        await().until(() -> unsynced.put(bytes(10), 0, new CompletableFuture<>(), false) != null);
    }
}
