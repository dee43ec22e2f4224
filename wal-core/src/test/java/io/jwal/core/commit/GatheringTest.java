package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.core.commit.RecordingTarget.Stop;
import io.jwal.core.log.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Threads that wait for each other, and for the end of a commit, whether they sleep meanwhile or watch. */
class GatheringTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Contents ONE = Contents.of(new byte[10]);

    /** Waits for two threads, however long that takes. */
    private static final class Pair extends Company {
        @Override
        int expected() {
            return 2;
        }

        @Override
        long nextPatience(int waiting) {
            return NEVER.toNanos();
        }
    }

    /** Always worth it; threads watch for so many turns in all. */
    private static final class Turns extends Watch {
        private final AtomicInteger left;

        Turns(int turns) {
            super(1);
            left = new AtomicInteger(turns);
        }

        @Override
        boolean isWorth() {
            return true;
        }

        @Override
        boolean pass(long began) {
            letOthersRun();
            return left.decrementAndGet() > 0;
        }
    }

    private final RecordingTarget target = new RecordingTarget();
    private final Health health = new Health(1, () -> 1);
    private final Tail tail = new Tail(0);
    private GroupCommit commit = commit(new Company(), new Watch(1));

    private GroupCommit commit(Company company, Watch watch) {
        CommitSettings settings = new CommitSettings(Durability.SYNC, NEVER, Duration.ZERO, 1000, 1000, 1000, 1);
        return new GroupCommit(settings, target, tail, health, company, watch);
    }

    @AfterEach
    void close() {
        health.close();
        commit.close(() -> {});
    }

    @Test
    void whoWasCoveredAndComesBackSharesTheNextBatchToo() throws Exception {
        commit = commit(
                new Company() {
                    @Override
                    long nextPatience(int waiting) {
                        return waiting < expected() ? NEVER.toNanos() : 0;
                    }
                },
                new Watch(1));
        Stop stop = target.stopNext();
        Background<Long> again = Background.call(() -> {
            commit.append(ONE, 0);
            return commit.append(ONE, 0);
        });
        stop.awaitReached();
        Background<Long> other = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        stop.release();
        assertThat(again.result()).isEqualTo(3);
        assertThat(other.result()).isEqualTo(2);
        assertThat(target.calls()).containsExactly("append 1-1, synced", "append 2-3, synced");
    }

    /** Looking whether the buffer is full may take the permit with which a leader is woken. */
    @Test
    void whoIsWaitedForIsSeenWheneverItComes() throws Exception {
        commit = commit(new Pair(), new Watch(1));
        appendBy(2, 10_000);
        assertThat(target.calls()).hasSize(10_000);
    }

    @Test
    void whoIsWaitedForIsSeenByALeaderThatWatches() throws Exception {
        commit = commit(new Pair(), new Turns(Integer.MAX_VALUE));
        appendBy(2, 1000);
        assertThat(target.calls()).hasSize(1000);
    }

    @Test
    void whoWatchesSharesTheNextBatchToo() throws Exception {
        commit = commit(new Company(), new Turns(Integer.MAX_VALUE));
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Long> second = Background.call(() -> commit.append(ONE, 0));
        Background<Long> third = Background.call(() -> commit.append(ONE, 0));
        await().until(() -> tail.accepted() == 3);
        stop.release();
        assertThat(first.result()).isEqualTo(1);
        assertThat(second.result()).isIn(2L, 3L);
        assertThat(third.result()).isIn(2L, 3L);
        assertThat(target.calls()).containsExactly("append 1-1, synced", "append 2-3, synced");
    }

    @Test
    void whoHasWatchedForLongEnoughSleepsUntilItIsWoken() throws Exception {
        commit = commit(new Company(), new Turns(3));
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Long> second = Background.call(() -> commit.append(ONE, 0)).awaitStuck();
        stop.release();
        assertThat(first.result()).isEqualTo(1);
        assertThat(second.result()).isEqualTo(2);
    }

    /** Who waits for leadership asleep would be late each time if those who watch took it whenever it is free. */
    @RepeatedTest(10)
    void whoWatchesLetsOthersLead() throws Exception {
        commit = commit(new Company(), new Turns(Integer.MAX_VALUE));
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Long> watching = Background.call(() -> commit.append(ONE, 0));
        await().until(() -> tail.accepted() == 2);
        Background<Thread> asleep = Background.call(() -> {
                    commit.flush(2);
                    return Thread.currentThread();
                })
                .awaitStuck();
        stop.release();
        assertThat(first.result()).isEqualTo(1);
        assertThat(watching.result()).isEqualTo(2);
        assertThat(target.caller()).isSameAs(asleep.result());
    }

    /** Nobody sleeps whom a leader could wake: one who watches leads, or the background. */
    @Test
    void futuresBehindThoseWhoWatchAreCommitted() throws Exception {
        commit = commit(new Company(), new Turns(Integer.MAX_VALUE));
        Stop stop = target.stopNext();
        CompletableFuture<Long> first = commit.appendAsync(ONE, 0, true);
        stop.awaitReached();
        Background<Long> second = Background.call(() -> commit.append(ONE, 0));
        await().until(() -> tail.accepted() == 2);
        CompletableFuture<Long> third = commit.appendAsync(ONE, 0, true);
        stop.release();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(second.result()).isEqualTo(2);
        assertThat(third.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void whoWatchesIsToldThatTheLogHasEnded() throws Exception {
        commit = commit(new Company(), new Turns(Integer.MAX_VALUE));
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Long> second = Background.call(() -> commit.append(ONE, 0));
        await().until(() -> tail.accepted() == 2);
        target.failNext(new IOException("the disk is gone"));
        stop.release();
        assertThat(first.failure()).hasMessageContaining("the disk is gone");
        assertThat(second.failure()).hasMessageContaining("the disk is gone");
    }

    @Test
    void anInterruptIsKeptByThoseWhoWatch() throws Exception {
        commit = commit(new Company(), new Turns(Integer.MAX_VALUE));
        Stop stop = target.stopNext();
        Background<Long> first = Background.call(() -> commit.append(ONE, 0));
        stop.awaitReached();
        Background<Boolean> second = Background.call(() -> {
            commit.append(ONE, 0);
            return Thread.interrupted();
        });
        await().until(() -> tail.accepted() == 2);
        second.interrupt();
        stop.release();
        assertThat(first.result()).isEqualTo(1);
        assertThat(second.result()).isTrue();
    }

    @Test
    void noneOfThoseWhoSleepAndThoseWhoWatchIsForgotten() throws Exception {
        commit = commit(new Company(), new Watch(1) {
            @Override
            boolean isWorth() {
                return ThreadLocalRandom.current().nextBoolean();
            }

            @Override
            boolean pass(long began) {
                letOthersRun();
                return ThreadLocalRandom.current().nextInt(4) > 0;
            }
        });
        appendBy(8, 5000);
        assertThat(tail.durable()).isEqualTo(40_000);
    }

    @Test
    void aCrowdWatchesAndAFewDoNot() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        commit = commit(new Company(), new Watch(1) {
            @Override
            void letOthersRun() {
                turns.incrementAndGet();
                super.letOthersRun();
            }
        });
        appendBy(2, 1000); // each counts twice where it is back very soon
        assertThat(turns).hasValue(0);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> { // commits are so short here that no crowd may gather at first
                            appendBy(16, 1000);
                            return turns.get() > 0;
                        });
    }

    private void appendBy(int threads, int times) throws Exception {
        List<Background<Boolean>> appending = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            appending.add(Background.run(() -> {
                for (int n = 0; n < times; n++) {
                    commit.append(ONE, 0);
                }
            }));
        }
        for (Background<Boolean> thread : appending) {
            assertThat(thread.result()).isTrue();
        }
    }
}
