package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.OutcomeUnknownException;
import io.jwal.UnsupportedFormatException;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.core.log.Background;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final Tail tail = new Tail(0);
    private final List<Long> ended = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch epochAsked = new CountDownLatch(1);
    private final CountDownLatch epochTold = new CountDownLatch(1);
    private final AtomicReference<Thread> asking = new AtomicReference<>();
    private final Health health = new Health(1, this::storedEpoch);
    private final InFlight inFlight = new InFlight(3, tail, health, batch -> ended.add(batch.firstIndex()));

    /** Asked after a sync that says that something is missing or damaged. */
    private long storedEpoch() {
        asking.set(Thread.currentThread());
        epochAsked.countDown();
        try {
            assertThat(epochTold.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return 1;
    }

    private PendingBatch launch(long index, CompletableFuture<Long> sync) {
        PendingBatch batch = Batches.of(index);
        inFlight.add(batch, index, sync);
        return batch;
    }

    @Test
    void batchesEndInTheOrderInWhichTheyCame() {
        CompletableFuture<Long> first = new CompletableFuture<>();
        CompletableFuture<Long> second = new CompletableFuture<>();
        PendingBatch one = launch(1, first);
        PendingBatch two = launch(2, second);
        second.complete(2L);
        assertThat(two.isPending()).isTrue();
        assertThat(tail.durable()).isZero();
        assertThat(ended).isEmpty();
        assertThat(inFlight.isEmpty()).isFalse();

        first.complete(1L);
        assertThat(one.isPending()).isFalse();
        assertThatCode(two::rethrow).doesNotThrowAnyException();
        assertThat(two.isPending()).isFalse();
        assertThat(tail.durable()).isEqualTo(2);
        assertThat(ended).containsExactly(1L, 2L);
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void whatWasDurableAtOnceHasEndedAtOnce() {
        PendingBatch batch = launch(1, CompletableFuture.completedFuture(1L));
        assertThat(batch.isPending()).isFalse();
        assertThat(ended).containsExactly(1L);
        assertThat(tail.durable()).isEqualTo(1);
    }

    @Test
    void whoWaitsForABatchOrForTheEndIsWoken() throws Exception {
        CompletableFuture<Long> sync = new CompletableFuture<>();
        PendingBatch batch = Batches.of(1);
        Background<Boolean> forBatch = Background.run(() -> {
                    batch.addSleeper(Thread.currentThread());
                    while (batch.isPending()) {
                        LockSupport.park(batch);
                    }
                })
                .awaitStuck();
        Background<Boolean> forEnd = Background.call(() -> tail.await(tail::durable, 1, () -> false, LONG))
                .awaitStuck();
        inFlight.add(batch, 1, sync);
        sync.complete(1L);
        assertThat(forBatch.result()).isTrue();
        assertThat(forEnd.result()).isTrue();
    }

    @Test
    void thereIsAPlaceWhileFewerAreInFlightThanTheStoreTakes() throws Exception {
        CompletableFuture<Long> first = new CompletableFuture<>();
        launch(1, first);
        launch(2, new CompletableFuture<>());
        assertThat(Background.run(inFlight::awaitPlace).result()).isTrue();
        launch(3, new CompletableFuture<>());
        Background<Boolean> waiting = Background.run(inFlight::awaitPlace).awaitStuck();
        assertThat(waiting.isDone()).isFalse();
        waiting.interrupt();
        waiting.awaitStuck();
        assertThat(waiting.isDone()).isFalse();
        first.complete(1L);
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void allHaveEndedOnlyWithTheLast() throws Exception {
        CompletableFuture<Long> first = new CompletableFuture<>();
        CompletableFuture<Long> second = new CompletableFuture<>();
        launch(1, first);
        launch(2, second);
        Background<Boolean> waiting = Background.run(inFlight::awaitEmpty).awaitStuck();
        first.complete(1L);
        waiting.awaitStuck();
        assertThat(waiting.isDone()).isFalse();
        second.complete(2L);
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void oneThatFailedFailsAllBehindItAndTheLog() {
        IOException cause = new IOException("the disk is gone");
        CompletableFuture<Long> second = new CompletableFuture<>();
        CompletableFuture<Long> third = new CompletableFuture<>();
        PendingBatch one = launch(1, CompletableFuture.completedFuture(1L));
        PendingBatch two = launch(2, second);
        PendingBatch three = launch(3, third);
        third.complete(3L);
        second.completeExceptionally(cause);
        inFlight.awaitEmpty();

        assertThatCode(one::rethrow).doesNotThrowAnyException();
        assertThatThrownBy(two::rethrow)
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCause(cause);
        assertThatThrownBy(three::rethrow)
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCause(cause);
        assertThat(health.cause()).isSameAs(cause);
        assertThat(tail.durable()).isEqualTo(1);
        assertThat(ended).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theCauseIsFoundBehindWhatFuturesWrapItIn() {
        IOException cause = new IOException("the disk is gone");
        CompletableFuture<Long> sync = new CompletableFuture<>();
        launch(1, sync.thenApply(position -> position));
        sync.completeExceptionally(cause);
        inFlight.awaitEmpty();
        assertThat(health.cause()).isSameAs(cause);
    }

    @Test
    void aWrapperAroundNothingIsTheCauseItself() {
        CompletionException cause = new CompletionException(null);
        launch(1, CompletableFuture.failedFuture(cause));
        assertThat(health.cause()).isSameAs(cause);
    }

    @Test
    void aSyncThatWasCancelledHasFailed() {
        CompletableFuture<Long> sync = new CompletableFuture<>();
        PendingBatch batch = launch(1, sync);
        sync.cancel(false);
        inFlight.awaitEmpty();
        assertThatThrownBy(batch::rethrow).isInstanceOf(OutcomeUnknownException.class);
        assertThat(health.cause()).isInstanceOf(CancellationException.class);
    }

    /** It would wait for itself: only the thread of the store can bring the answer. */
    @Test
    void theStoreIsAskedForTheReasonOnAnotherThreadThanItsOwn() {
        CompletableFuture<Long> sync = new CompletableFuture<>();
        launch(1, sync);
        epochTold.countDown();
        sync.completeExceptionally(new SegmentNotFoundException(new SegmentId(1, 1), "it is gone"));
        inFlight.awaitEmpty();
        assertThat(asking.get()).isNotSameAs(Thread.currentThread());
        assertThat(asking.get().isDaemon()).isTrue();
    }

    @Test
    void nothingBehindAFailureEndsWhileItsReasonIsLookedFor() throws Exception {
        CompletableFuture<Long> first = new CompletableFuture<>();
        CompletableFuture<Long> second = new CompletableFuture<>();
        launch(1, first);
        PendingBatch two = launch(2, second);
        first.completeExceptionally(new SegmentNotFoundException(new SegmentId(1, 1), "it is gone"));
        assertThat(epochAsked.await(30, TimeUnit.SECONDS)).isTrue();
        second.complete(2L);
        assertThat(two.isPending()).isTrue();
        assertThat(ended).isEmpty();
        epochTold.countDown();
        inFlight.awaitEmpty();
        assertThatThrownBy(two::rethrow).isInstanceOf(OutcomeUnknownException.class);
    }

    /** The log knows already: of a write that failed, or of what it failed before. */
    @Test
    void oneThatNeverWasOnItsWayFailsOfTheAnswerItCameWith() {
        CompletableFuture<Long> first = new CompletableFuture<>();
        PendingBatch one = launch(1, first);
        WalException written = health.fail(new IOException("the disk is gone"));
        PendingBatch two = launch(2, CompletableFuture.failedFuture(written));
        PendingBatch three = launch(3, CompletableFuture.failedFuture(health.refusal()));
        first.complete(1L);
        assertThatCode(one::rethrow).doesNotThrowAnyException();
        assertThatThrownBy(two::rethrow).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(three::rethrow).isInstanceOf(WalFailedException.class);
        assertThat(tail.durable()).isEqualTo(1);
    }

    /** The batch that failed first decides; what a later sync says of itself is a consequence. */
    @Test
    void whatComesBehindAFailureFailsOfTheSame() {
        WalException written = health.fail(new IOException("the disk is gone"));
        PendingBatch one = launch(1, CompletableFuture.failedFuture(written));
        PendingBatch two = launch(2, CompletableFuture.failedFuture(new IOException("no such file")));
        PendingBatch three = launch(3, CompletableFuture.completedFuture(3L));
        for (PendingBatch batch : List.of(one, two, three)) {
            assertThatThrownBy(batch::rethrow)
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessage(written.getMessage());
        }
        assertThat(tail.durable()).isZero();
    }

    /** Or the log would go on, and the next sync would call durable what this one had lost. */
    @Test
    void aStoreThatThrowsWhatOnlyTheLogShouldStillEndsTheLog() {
        WalException cause = new UnsupportedFormatException("a bug", 9, 1);
        PendingBatch batch = launch(1, CompletableFuture.failedFuture(cause));
        assertThatThrownBy(batch::rethrow).isInstanceOf(WalException.class);
        assertThat(health.cause()).isSameAs(cause);
    }
}
