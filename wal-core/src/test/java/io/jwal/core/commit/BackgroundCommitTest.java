package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Durability;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundCommitTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    private final BlockingQueue<String> work = new LinkedBlockingQueue<>();
    private volatile @Nullable Thread worker;
    private @Nullable BackgroundCommit background;

    @AfterEach
    void close() {
        if (background != null) {
            background.close();
        }
    }

    private BackgroundCommit background(Durability durability, Duration interval) {
        CommitSettings settings = new CommitSettings(durability, interval, Duration.ZERO, 1000, 1000, 1000, 1);
        BackgroundCommit made = new BackgroundCommit(settings, () -> work("commit"), () -> work("sync"));
        background = made;
        return made;
    }

    private void work(String name) {
        worker = Thread.currentThread();
        work.add(name);
    }

    private String next() throws InterruptedException {
        return work.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void commitsWhatWasSignalledOnADaemonThread() throws Exception {
        BackgroundCommit sync = background(Durability.SYNC, NEVER);
        sync.signal();
        assertThat(next()).isEqualTo("commit");
        assertThat(worker.isDaemon()).isTrue();
        assertThat(worker).isNotSameAs(Thread.currentThread());
    }

    @Test
    void commitsAgainWhenItIsSignalledAgain() throws Exception {
        BackgroundCommit none = background(Durability.NONE, NEVER);
        none.signal();
        assertThat(next()).isEqualTo("commit");
        none.signal();
        assertThat(next()).isEqualTo("commit");
    }

    @Test
    void syncsAfterTheInterval() throws Exception {
        BackgroundCommit interval = background(Durability.INTERVAL, SOON);
        long before = System.nanoTime();
        interval.signal();
        assertThat(next()).isEqualTo("commit");
        assertThat(next()).isEqualTo("sync");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(SOON.toNanos());
        assertThat(work.poll(2 * SOON.toMillis(), TimeUnit.MILLISECONDS))
                .as("nothing was signalled since")
                .isNull();
    }

    /** A full buffer has to be written now; its sync still comes when it is due. */
    @Test
    void hurryingCommitsAtOnceAndSyncsNoSooner() throws Exception {
        BackgroundCommit interval = background(Durability.INTERVAL, NEVER);
        interval.hurry();
        assertThat(next()).isEqualTo("commit");
        interval.hurry();
        assertThat(next()).isEqualTo("commit");
        assertThat(work).isEmpty();
    }

    @Test
    void itsThreadEndsWhenItIsClosedWithoutAnotherSync() throws Exception {
        BackgroundCommit interval = background(Durability.INTERVAL, NEVER);
        interval.hurry();
        assertThat(next()).isEqualTo("commit");
        interval.close();
        worker.join(30_000);
        assertThat(worker.isAlive()).isFalse();
        assertThat(work).doesNotContain("sync");
    }

    @Test
    void aThreadThatHasNothingToDoEndsToo() throws Exception {
        BackgroundCommit sync = background(Durability.SYNC, NEVER);
        sync.signal();
        assertThat(next()).isEqualTo("commit");
        sync.close();
        worker.join(30_000);
        assertThat(worker.isAlive()).isFalse();
    }
}
