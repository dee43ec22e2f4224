package io.jwal.store.tiered;

import static io.jwal.store.tiered.Machine.range;
import static io.jwal.store.tiered.Machine.told;
import static io.jwal.store.tiered.Machine.toldWhole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.FencedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.OpenOption;
import io.jwal.store.LogManifest;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A machine falls asleep at one of the changes that it makes to the archive, before it or after it; another one takes the
 * archive over and goes on; then the first one wakes, and does what it was about to do. Of the other one's log it harms
 * nothing, it learns that it was fenced, and its own entries are all there for export.
 */
@Timeout(300)
class TwoArchiversTest {
    private static final int MANY = 10_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSleptPastATakeoverHarmsNothing(boolean shipping) throws Exception {
        int steps = new Sleeper(MANY, false, shipping).live().join();
        assertThat(steps).isBetween(8, MANY - 1);
        int met = 0;
        for (int step = 1; step <= steps; step++) {
            met += meet(new Sleeper(step, false, shipping)) ? 1 : 0;
            met += meet(new Sleeper(step, true, shipping)) ? 1 : 0;
        }
        System.out.printf("%d changes, %d takeovers past a sleeper%n", steps, met);
        assertThat(met).isGreaterThan(8);
    }

    /** Whether it came to a takeover. */
    private static boolean meet(Sleeper sleeper) throws Exception {
        CompletableFuture<Integer> life = sleeper.live();
        if (!sleeper.fellAsleep(life) || sleeper.machine.archived().isEmpty()) {
            sleeper.wake(); // there was no archive to take over yet, or the sleep was not to be this time
            assertThat(life.join()).isPositive();
            return false;
        }
        Machine next = sleeper.machine.replacement();
        next.nextGeneration();
        List<String> gone = new ArrayList<>();
        try (Wal wal = next.open(OpenOption.takeover())) {
            long archived = wal.lastIndex();
            gone.addAll(toldWhole(wal));
            next.append(wal, 2);
            sleeper.wake();
            assertThat(life.join()).as("%s", sleeper).isPositive();
            next.append(wal, 2);
            for (long index = archived + 1; index <= archived + 4; index++) {
                gone.add(index + "-1");
            }
            assertThat(toldWhole(wal)).as("%s", sleeper).isEqualTo(gone);
            Machine.awaitArchived(wal, archived + 3);
        }
        try (WalReader archive = next.archiveReader()) {
            assertThat(toldWhole(archive)).as("%s: from the archive", sleeper).isEqualTo(gone);
        }
        assertThat(next.archived().orElseThrow().copies())
                .as("%s: nothing is left over", sleeper)
                .hasSizeLessThanOrEqualTo(Machine.segments(next.archive).size());

        assertThatThrownBy(sleeper.machine::open).as("%s", sleeper).isInstanceOf(FencedException.class);
        try (WalReader export = sleeper.machine.reader()) {
            assertThat(export.lastIndex()).as("%s", sleeper).isGreaterThanOrEqualTo(sleeper.acknowledged);
            assertThat(told(export)).as("%s", sleeper).isEqualTo(range(1, export.lastIndex()));
        }
        return true;
    }

    /** A machine that falls asleep once. */
    private static final class Sleeper implements WatchedStore.Watcher {
        private static final int ENTRIES = 8;

        private final int at;
        private final boolean afterIt;
        private final Machine machine = new Machine(new CrashMedium(), new CrashMedium());
        private final AtomicInteger changes = new AtomicInteger();
        private final CountDownLatch sleeps = new CountDownLatch(1);
        private final CountDownLatch wakes = new CountDownLatch(1);
        private final ThreadLocal<Boolean> tired = ThreadLocal.withInitial(() -> false);
        private volatile long acknowledged;

        Sleeper(int at, boolean afterIt, boolean shipping) {
            this.at = at;
            this.afterIt = afterIt;
            machine.keepingNothingHot().closeWait(Duration.ofSeconds(2)).through(machine.hot::open, this::archive);
            if (shipping) {
                machine.shipping(Duration.ofMillis(10));
            }
        }

        private Store archive() throws IOException {
            return WatchedStore.of(machine.archive.open(), this);
        }

        @Override
        public void before(String method) throws IOException {
            if (WatchedStore.CHANGES.contains(method) && changes.incrementAndGet() == at) {
                if (afterIt) {
                    tired.set(true);
                } else {
                    sleep();
                }
            }
        }

        @Override
        public void after(String method) throws IOException {
            if (tired.get()) {
                tired.remove();
                sleep();
            }
        }

        private void sleep() throws IOException {
            sleeps.countDown();
            try {
                wakes.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("woken by an interrupt");
            }
        }

        /** Appends, archived as it goes, until it is fenced or done; how many changes it made to the archive. */
        CompletableFuture<Integer> live() {
            return CompletableFuture.supplyAsync(() -> {
                try (Wal wal = machine.open()) {
                    for (int i = 0; i < ENTRIES; i++) {
                        wal.append(Machine.entry(wal.lastIndex() + 1));
                        acknowledged = wal.lastIndex();
                        Machine.await(
                                () -> wakes.getCount() == 0 || sleeps.getCount() == 0 || sealed() <= archived(wal));
                    }
                    Machine.await(() -> wakes.getCount() == 0 || sleeps.getCount() > 0); // asleep, it stays open
                } catch (FencedException e) {
                    assertThat(e).hasMessageContaining("another machine has taken the archive over");
                }
                return changes.get();
            });
        }

        private long sealed() {
            List<LogManifest.Segment> sealed = machine.log().segments(LogManifest.State.SEALED);
            return sealed.isEmpty() ? 0 : sealed.get(sealed.size() - 1).lastIndex();
        }

        private static long archived(Wal wal) {
            return Machine.counter(wal, "archive.last.index");
        }

        boolean fellAsleep(CompletableFuture<Integer> life) {
            Machine.await(() -> life.isDone() || sleeps.getCount() == 0);
            return sleeps.getCount() == 0;
        }

        void wake() {
            wakes.countDown();
        }

        @Override
        public String toString() {
            return "asleep " + (afterIt ? "after" : "before") + " change " + at;
        }
    }
}
