package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.FencedException;
import io.jwal.OutOfOrderException;
import io.jwal.OutOfRangeException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalClosedException;
import io.jwal.WalFailedException;
import io.jwal.core.commit.RecordingTarget.Stop;
import io.jwal.core.log.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a segment, and in which order, by those who append, and by those who run between them. */
class GroupCommitTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Contents ONE = Contents.of(new byte[10]);

    private final RecordingTarget target = new RecordingTarget();
    private final Health health = new Health(1, () -> 1);
    private final Tail tail = new Tail(0);
    private GroupCommit commit = commit(Durability.SYNC);

    private GroupCommit commit(Durability durability) {
        return new GroupCommit(settings(durability), target, tail, health);
    }

    private static CommitSettings settings(Durability durability) {
        return new CommitSettings(durability, NEVER, Duration.ZERO, 1000, 1000, 1000, 1);
    }

    /** Commits that come when they are asked for: nothing is written in the background for an hour. */
    private void syncNothingByItself() {
        commit = commit(Durability.INTERVAL);
    }

    @AfterEach
    void close() {
        health.close();
        commit.close(() -> {});
    }

    private static Contents entries(int count) {
        return Contents.of(new byte[count][10]);
    }

    @Test
    void anAppendIsDurableWhenItReturns() {
        assertThat(commit.append(ONE, 0)).isEqualTo(1);
        assertThat(commit.append(entries(3), 2)).isEqualTo(4);
        assertThat(target.calls()).containsExactly("append 1-1, synced", "append 2-4, synced");
        assertThat(tail.written()).isEqualTo(4);
        assertThat(tail.durable()).isEqualTo(4);
        assertThat(commit.accepted()).isEqualTo(new Accepted(4, 40));
    }

    @Test
    void aFutureCompletesWhenItsEntriesAreDurable() throws Exception {
        assertThat(commit.appendAsync(entries(2), 0, true).get(30, TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(tail.durable()).isEqualTo(2);
    }

    @Test
    void anEntryThatMustHaveAnotherIndexIsRefused() {
        assertThatThrownBy(() -> commit.append(ONE, 2)).isInstanceOf(OutOfOrderException.class);
        assertThat(commit.append(ONE, 1)).isEqualTo(1);
    }

    @Test
    void theFirstAppendHasASegmentMade() throws Exception {
        target.notReady();
        commit.append(ONE, 0);
        assertThat(Background.call(() -> commit.append(ONE, 0)).result()).isEqualTo(2);
        assertThat(target.calls()).containsExactly("prepare", "append 1-1, synced", "append 2-2, synced");
    }

    @Test
    void noSegmentIsMadeForALogThatHasFailed() {
        target.notReady();
        health.fail(new IOException("failed before"));
        assertThatThrownBy(() -> commit.append(ONE, 0)).isInstanceOf(WalFailedException.class);
        assertThat(target.calls()).isEmpty();
    }

    @Test
    void theNextSegmentIsBegunBeforeABatchThatHasToGoThere() {
        target.due();
        commit.append(ONE, 0);
        assertThat(target.calls()).containsExactly("roll", "append 1-1, synced");
    }

    @Test
    void whoComesWhileABatchIsWrittenSharesTheNextOne() throws Exception {
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Long> second = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        Background<Long> third = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        CompletableFuture<Long> fourth = commit.appendAsync(ONE, 0, true);
        assertThat(tail.durable()).isZero();
        stop.release();
        assertThat(first.result()).isEqualTo(1);
        assertThat(second.result()).isIn(2L, 3L);
        assertThat(third.result()).isIn(2L, 3L);
        assertThat(fourth.get(30, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(target.calls()).containsExactly("append 1-1, synced", "append 2-4, synced");
    }

    /** Whoever leads leaves when its own batch has ended, and the futures' would be left to nobody. */
    @Test
    void futuresAreCommittedThoughNobodyWaits() throws Exception {
        Stop stop = target.stopNext();
        CompletableFuture<Long> first = commit.appendAsync(ONE, 0, true);
        stop.awaitReached();
        CompletableFuture<Long> second = commit.appendAsync(ONE, 0, true);
        stop.release();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void whoeverFindsNoRoomWaitsForItOrGetsNothing() throws Exception {
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        CompletableFuture<Long> large = commit.appendAsync(Contents.of(new byte[900]), 0, false);
        assertThat(large).isNotNull();
        assertThat(commit.appendAsync(Contents.of(new byte[100]), 0, false)).isNull();
        Background<Long> waiting = Background.call(() -> commit.append(Contents.of(new byte[100]), 0))
                .awaitStuck();
        assertThat(tail.accepted()).isEqualTo(2);
        stop.release();
        assertThat(first.result()).isEqualTo(1);
        assertThat(large.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(waiting.result()).isEqualTo(3);
    }

    @Test
    void anInterruptIsKeptAndDoesNotEndTheWait() throws Exception {
        Stop stop = target.stopNext();
        Background<Long> leading = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Boolean> waiting = Background.call(() -> {
                    commit.append(ONE, 0);
                    return Thread.interrupted();
                })
                .awaitStuck();
        waiting.interrupt();
        stop.release();
        assertThat(waiting.result()).isTrue();
        assertThat(leading.result()).isEqualTo(1);
    }

    @Test
    void whoseBatchFailsIsToldSoAndNothingElseIsAccepted() throws Exception {
        IOException cause = new IOException("the disk is gone");
        Stop stop = target.stopNext();
        target.failNext(cause);
        Background<Long> failing = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Long> behind = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        CompletableFuture<Long> future = commit.appendAsync(ONE, 0, true);
        stop.release();
        assertThat(failing.failure())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCause(cause);
        assertThat(behind.failure()).isInstanceOf(WalFailedException.class).hasCause(cause);
        assertThat(future)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(WalFailedException.class);
        assertThatThrownBy(() -> commit.append(ONE, 0)).isInstanceOf(WalFailedException.class);
        assertThat(target.calls()).containsExactly("append 1-1, synced");
        assertThat(tail.durable()).isZero();
    }

    @Test
    void withoutSyncsAnAppendReturnsAtOnceAndIsWrittenSoon() throws Exception {
        commit = commit(Durability.NONE);
        assertThat(commit.append(ONE, 0)).isEqualTo(1);
        assertThat(commit.appendAsync(ONE, 0, true).get(30, TimeUnit.SECONDS)).isEqualTo(2);
        await().until(() -> tail.written() == 2);
        assertThat(tail.durable()).isZero();
        assertThat(target.calls()).noneMatch(call -> call.contains("sync"));
    }

    /** Readers see what was accepted, and have it written when they ask. */
    @Test
    void whoWaitsForTheEndIsToldOfWhatIsNotWrittenYet() throws Exception {
        syncNothingByItself();
        Background<Boolean> waiting = Background.call(() -> tail.await(tail::accepted, 1, () -> false, NEVER.toNanos()))
                .awaitStuck();
        commit.append(ONE, 0);
        assertThat(waiting.result()).isTrue();
        assertThat(tail.written()).isZero();
    }

    @Test
    void aFullBufferIsWrittenThoughItsIntervalIsNotOver() {
        syncNothingByItself();
        commit.append(Contents.of(new byte[900]), 0);
        await().until(() -> tail.written() == 1);
        assertThat(target.calls()).containsExactly("append 1-1");
    }

    @Test
    void afterItsIntervalEverythingIsSynced() {
        commit = new GroupCommit(
                new CommitSettings(Durability.INTERVAL, Duration.ofMillis(1), Duration.ZERO, 1000, 1000, 1000, 1),
                target,
                tail,
                health);
        commit.append(ONE, 0);
        await().until(() -> tail.durable() == 1);
        assertThat(target.calls()).containsExactly("append 1-1", "sync");
    }

    @Test
    void flushingWritesAndDoesNotSync() {
        syncNothingByItself();
        commit.append(ONE, 0);
        commit.flush(1);
        assertThat(target.calls()).containsExactly("append 1-1");
        commit.append(ONE, 0);
        commit.flush(1);
        assertThat(target.calls()).containsExactly("append 1-1");
    }

    @Test
    void syncingMakesEverythingDurableThatIsNot() {
        syncNothingByItself();
        commit.append(ONE, 0);
        commit.sync();
        assertThat(tail.durable()).isEqualTo(1);
        commit.sync();
        assertThat(target.calls()).containsExactly("append 1-1", "sync");
    }

    @Test
    void whoWaitsForWhatIsDurableIsToldOfASync() throws Exception {
        syncNothingByItself();
        commit.append(ONE, 0);
        Background<Boolean> waiting = Background.call(() -> tail.await(tail::durable, 1, () -> false, NEVER.toNanos()))
                .awaitStuck();
        commit.sync();
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void aSyncThatFailsEndsTheLog() {
        syncNothingByItself();
        commit.append(ONE, 0);
        commit.flush(1);
        target.failNext(new IOException("the disk is gone"));
        assertThatThrownBy(commit::sync).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(commit::sync).isInstanceOf(WalFailedException.class);
        assertThat(target.calls()).containsExactly("append 1-1", "sync");
        assertThat(tail.durable()).isZero();
    }

    @Test
    void aFlushThatFailsEndsTheLog() {
        syncNothingByItself();
        commit.append(ONE, 0);
        target.failNext(new IOException("the disk is gone"));
        assertThatThrownBy(() -> commit.flush(1)).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> commit.flush(1)).isInstanceOf(WalFailedException.class);
        assertThat(target.calls()).containsExactly("append 1-1");
    }

    @Test
    void aBarrierRunsBehindWhatWasAcceptedAndBeforeWhatComes() throws Exception {
        syncNothingByItself();
        commit.append(ONE, 0);
        Stop stop = target.stopNext();
        Background<Boolean> barrier = Background.run(() -> commit.exclusively(() -> {
            assertThat(tail.durable()).isEqualTo(1);
            assertThat(tail.accepted()).isEqualTo(1);
            commit.restartAt(100);
        }));
        stop.awaitReached();
        Background<Long> later = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        stop.release();
        assertThat(barrier.result()).isTrue();
        assertThat(later.result()).isEqualTo(100);
    }

    @Test
    void whereALogRestartsEverythingBeforeIsDurable() {
        commit.append(ONE, 0);
        commit.exclusively(() -> commit.restartAt(100));
        assertThat(tail.accepted()).isEqualTo(99);
        assertThat(tail.durable()).isEqualTo(99);
        assertThat(commit.append(ONE, 100)).isEqualTo(100);
    }

    @Test
    void anAnswerOfABarrierIsPassedOnAndTheLogGoesOn() {
        OutOfRangeException answer = new OutOfRangeException(5, 1, 2);
        assertThatThrownBy(() -> commit.exclusively(() -> {
                    throw answer;
                }))
                .isSameAs(answer);
        assertThat(commit.append(ONE, 0)).isEqualTo(1);
    }

    @Test
    void aBarrierThatFailsEndsTheLog() {
        assertThatThrownBy(() -> commit.exclusively(() -> {
                    throw new IOException("the disk is gone");
                }))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> commit.append(ONE, 0)).isInstanceOf(WalFailedException.class);
    }

    @Test
    void aBarrierThatFindsASuccessorEndsTheLog() {
        assertThatThrownBy(() -> commit.exclusively(() -> {
                    throw new FencedException(1, 2, null);
                }))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> commit.append(ONE, 0)).isInstanceOf(FencedException.class);
    }

    @Test
    void nothingRunsAsABarrierInALogThatHasFailed() {
        health.fail(new IOException("failed before"));
        assertThatThrownBy(() -> commit.exclusively(() -> {
                    throw new AssertionError("ran");
                }))
                .isInstanceOf(WalFailedException.class);
    }

    @Test
    void whatIsAppendedFirstComesBehindWhatRunsBefore() throws Exception {
        assertThat(commit.appendFirst(() -> commit.restartAt(50), ONE, 50)).isEqualTo(50);
        assertThat(commit.appendFirstAsync(() -> commit.restartAt(80), entries(2), 80)
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(81);
        assertThat(target.calls()).containsExactly("append 50-50, synced", "append 80-81, synced");
    }

    @Test
    void idleIsWhenNobodyElseLeads() throws Exception {
        Background<Boolean> idle = Background.call(() -> ranWhenIdle());
        assertThat(idle.result()).isTrue();
        Stop stop = target.stopNext();
        Background<Long> leading = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        assertThat(ranWhenIdle()).isFalse();
        stop.release();
        assertThat(leading.result()).isEqualTo(1);
        assertThat(commit.append(ONE, 0)).isEqualTo(2);
    }

    private boolean ranWhenIdle() {
        boolean[] ran = new boolean[1];
        commit.ifIdle(() -> ran[0] = true);
        return ran[0];
    }

    /** Whoever finds leadership taken sleeps until it is passed on. */
    @Test
    void whoCameWhileSomethingElseRanIsCommittedAfterIt() throws Exception {
        AtomicReference<Background<Long>> later = new AtomicReference<>();
        commit.ifIdle(
                () -> later.set(Background.call(() -> commit.append(ONE, 0)).awaitStuck()));
        assertThat(later.get().result()).isEqualTo(1);
    }

    @Test
    void closingWritesTheRestAndThenRunsSomethingLast() {
        syncNothingByItself();
        commit.append(ONE, 0);
        health.close();
        commit.close(() -> assertThat(tail.durable()).isEqualTo(1));
        assertThat(target.calls()).containsExactly("append 1-1", "sync");
        assertThatThrownBy(() -> commit.append(ONE, 0)).isInstanceOf(WalClosedException.class);
    }

    @Test
    void closingEndsTheThreadThatCommits() throws Exception {
        commit = commit(Durability.NONE);
        commit.append(ONE, 0);
        await().until(() -> tail.written() == 1);
        Thread background = target.caller();
        health.close();
        commit.close(() -> {});
        background.join(30_000);
        assertThat(background.isAlive()).isFalse();
    }

    @Test
    void closingALogThatHasFailedWritesNothing() {
        syncNothingByItself();
        commit.append(ONE, 0);
        health.fail(new IOException("failed before"));
        health.close();
        commit.close(() -> {
            throw new AssertionError("ran");
        });
        assertThat(target.calls()).isEmpty();
    }

    @Test
    void whatFailsLastIsThrown() {
        health.close();
        assertThatThrownBy(() -> commit.close(() -> {
                    throw new IOException("the disk is gone");
                }))
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void whoWaitsForABatchIsWokenWhenAnotherSyncsIt() throws Exception {
        AtomicReference<Background<Long>> waiting = new AtomicReference<>();
        commit.ifIdle(() -> {
            waiting.set(Background.call(() -> commit.append(ONE, 0)).awaitStuck());
            commit.sync();
        });
        assertThat(waiting.get().result()).isEqualTo(1);
    }

    @Test
    void whoWaitsForABatchIsRefusedWhenALogThatHasFailedIsClosed() throws Exception {
        AtomicReference<Background<Long>> waiting = new AtomicReference<>();
        commit.ifIdle(() -> {
            waiting.set(Background.call(() -> commit.append(ONE, 0)).awaitStuck());
            health.fail(new IOException("failed before"));
            commit.close(() -> {});
        });
        assertThat(waiting.get().failure()).isInstanceOf(WalFailedException.class);
        assertThat(target.calls()).isEmpty();
    }

    @Test
    void whoWaitsForTheEndIsToldWhenTheLogHasFailed() throws Exception {
        Background<Boolean> waiting = Background.call(
                        () -> tail.await(tail::durable, 1, () -> !health.isOpen(), NEVER.toNanos()))
                .awaitStuck();
        health.fail(new IOException("the disk is gone"));
        assertThat(waiting.result()).isFalse();
    }

    @Test
    void whoWaitsForRoomIsToldWhenTheLogHasFailed() throws Exception {
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        commit.appendAsync(Contents.of(new byte[900]), 0, false);
        Background<Long> waiting = Background.call(() -> commit.append(Contents.of(new byte[100]), 0))
                .awaitStuck();
        health.fail(new IOException("the disk is gone"));
        assertThat(waiting.failure()).isInstanceOf(WalFailedException.class);
        stop.release();
        assertThat(first.result()).isEqualTo(1);
    }

    @Test
    void nothingRunsAsABarrierInAClosedLog() {
        health.close();
        assertThatThrownBy(() -> commit.exclusively(() -> {
                    throw new AssertionError("ran");
                }))
                .isInstanceOf(WalClosedException.class);
    }

    @Test
    void whoWaitsForTheEndIsToldOfWhatIsAppendedFirst() throws Exception {
        syncNothingByItself();
        Background<Boolean> waiting = Background.call(() -> tail.await(tail::accepted, 1, () -> false, NEVER.toNanos()))
                .awaitStuck();
        assertThat(commit.appendFirst(() -> {}, ONE, 1)).isEqualTo(1);
        assertThat(waiting.result()).isTrue();
    }
}
