package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When threads watch for the end of a commit, and when they sleep. */
class WatchTest {
    private static final long SYNC = 100_000;
    private static final int PAUSE = 4096;

    /** No real time passes: the machine may be too busy for turns that are meant to be short. */
    private long now = 1;

    private long turnNanos;
    private final Watch watch = new Watch(2) {
        @Override
        void letOthersRun() {
            now += turnNanos;
        }

        @Override
        long nanoTime() {
            return now;
        }
    };

    @Test
    void nobodyWatchesForTheFirstCommit() {
        assertThat(watch.isWorth()).isFalse();
    }

    @Test
    void fourThreadsForEachProcessorAreACrowd() {
        watch.ended(7, SYNC);
        assertThat(watch.isWorth()).isFalse();
        watch.ended(8, SYNC);
        assertThat(watch.isWorth()).isTrue();
    }

    @Test
    void whoIsMissedIsForgottenLittleByLittle() {
        watch.ended(10, SYNC);
        watch.ended(1, SYNC);
        watch.ended(1, SYNC);
        assertThat(watch.isWorth()).isTrue();
        watch.ended(1, SYNC);
        assertThat(watch.isWorth()).isFalse();
    }

    @Test
    void longCommitsAreSleptThrough() {
        watch.ended(8, 499_999);
        assertThat(watch.isWorth()).isTrue();
        watch.ended(8, 500_000);
        assertThat(watch.isWorth()).isFalse();
    }

    @Test
    void aWatchEndsWhenItsTimeIsOver() {
        watch.ended(8, SYNC);
        assertThat(watch.pass(now + 1_000_000_000)).isTrue();
        assertThat(watch.pass(now - 500_000)).isFalse();
    }

    @Test
    void aWatchEndsWhenTheCrowdHasGone() {
        watch.ended(8, SYNC);
        watch.ended(8, 500_000);
        assertThat(watch.pass(now + 1_000_000_000)).isFalse();
    }

    @Test
    void whereSomebodyElseHasTheProcessorsCommitsAreSleptThrough() {
        watch.ended(8, SYNC);
        turnNanos = 1_100_000;
        for (int i = 0; i < 7; i++) {
            commit();
            assertThat(watch.isWorth()).isTrue();
        }
        commit();
        for (int i = 1; i < PAUSE; i++) {
            assertThat(watch.isWorth()).isFalse();
            watch.ended(8, SYNC);
        }
        watch.ended(8, SYNC);
        assertThat(watch.isWorth()).isTrue();
        watch.ended(8, SYNC);
        assertThat(watch.isWorth()).as("what was before the pause is forgotten").isTrue();
    }

    @Test
    void whereAContainerHasUsedUpItsTimeOnceIsEnough() {
        watch.ended(8, SYNC);
        turnNanos = 21_000_000;
        commit();
        assertThat(watch.isWorth()).isFalse();
    }

    @Test
    void oneDisturbanceInEightIsNoHarm() {
        watch.ended(8, SYNC);
        for (int i = 0; i < 100; i++) {
            turnNanos = i % 8 == 0 ? 1_100_000 : 0;
            commit();
            assertThat(watch.isWorth()).isTrue();
        }
    }

    @Test
    void whoSleepsIsNotDisturbed() {
        watch.ended(8, 500_000);
        for (int i = 0; i < 100; i++) {
            watch.ended(8, 500_000);
        }
        watch.ended(8, SYNC);
        assertThat(watch.isWorth()).isTrue();
    }

    private void commit() {
        watch.pass(now);
        watch.ended(8, SYNC);
    }
}
