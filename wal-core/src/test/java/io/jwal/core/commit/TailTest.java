package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.core.log.Background;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final Tail tail = new Tail(5);

    @Test
    void beginsWhereEverythingIsDurable() {
        assertThat(tail.accepted()).isEqualTo(5);
        assertThat(tail.written()).isEqualTo(5);
        assertThat(tail.durable()).isEqualTo(5);
    }

    @Test
    void acceptedWrittenAndDurableMoveOneByOne() {
        tail.accept(8);
        tail.write(7);
        tail.harden(6);
        assertThat(tail.accepted()).isEqualTo(8);
        assertThat(tail.written()).isEqualTo(7);
        assertThat(tail.durable()).isEqualTo(6);
    }

    /** Syncs may come back in any order. */
    @Test
    void whatIsDurableStaysSo() {
        tail.harden(9);
        tail.harden(7);
        assertThat(tail.durable()).isEqualTo(9);
    }

    @Test
    void anEndThatIsReachedIsNotWaitedForNotEvenWhenInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(tail.await(tail::durable, 5, () -> false, LONG)).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws Exception {
        assertThat(tail.await(tail::durable, 6, () -> false, 0)).isFalse();
        long before = System.nanoTime();
        long wait = TimeUnit.MILLISECONDS.toNanos(20);
        assertThat(tail.await(tail::durable, 6, () -> false, wait)).isFalse();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(wait);
    }

    @Test
    void whoWaitsIsWokenWhenTheEndHasMovedFarEnough() throws Exception {
        Background<Boolean> waiting = Background.call(() -> tail.await(tail::written, 7, () -> false, LONG))
                .awaitStuck();
        tail.write(6);
        tail.wake();
        waiting.awaitStuck();
        assertThat(waiting.isDone()).isFalse();
        tail.write(7);
        tail.wake();
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void everyoneIsWokenByACut() throws Exception {
        Background<Boolean> one = Background.call(() -> tail.await(tail::durable, 7, () -> false, LONG))
                .awaitStuck();
        Background<Boolean> other = Background.call(() -> tail.await(tail::written, 8, () -> false, LONG))
                .awaitStuck();
        tail.reset(9);
        assertThat(one.result()).isTrue();
        assertThat(other.result()).isTrue();
    }

    @Test
    void whoWaitsIsAskedWhetherToGoOn() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Background<Boolean> waiting = Background.call(() -> tail.await(tail::durable, 6, stop::get, LONG))
                .awaitStuck();
        stop.set(true);
        tail.wake();
        assertThat(waiting.result()).isFalse();
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        Background<Boolean> waiting = Background.call(() -> tail.await(tail::durable, 6, () -> false, LONG))
                .awaitStuck();
        waiting.interrupt();
        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
    }
}
