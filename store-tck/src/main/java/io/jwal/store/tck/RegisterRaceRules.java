package io.jwal.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule 2, for many writers at once: each on a store of its own where the medium does not lock. */
interface RegisterRaceRules {
    @Test
    default void rule2_ofRacingCreatorsExactlyOneWins(StoreUnderTest subject) throws Exception {
        List<Store> writers = subject.writers(Race.THREADS);
        for (int round = 0; round < Race.ROUNDS; round++) {
            winner(subject, writers, "race-" + round, null);
        }
    }

    @Test
    default void rule2_ofRacingReplacersExactlyOneWins(StoreUnderTest subject) throws Exception {
        List<Store> writers = subject.writers(Race.THREADS);
        Register current = subject.store().writeRegister("race", null, Content.number(-1));
        for (int round = 0; round < Race.ROUNDS; round++) {
            current = winner(subject, writers, "race", current.version());
        }
    }

    private static Register winner(StoreUnderTest subject, List<Store> writers, String name, @Nullable Version expected)
            throws Exception {
        Race race = new Race(subject.hooks().patience());
        List<FutureTask<Optional<Register>>> attempts = new ArrayList<>();
        for (Store store : writers) {
            long mine = attempts.size();
            attempts.add(race.callTogether(() -> {
                try {
                    return Optional.of(store.writeRegister(name, expected, Content.number(mine)));
                } catch (VersionConflictException e) {
                    return Optional.empty();
                }
            }));
        }
        race.finish();

        List<Register> winners = new ArrayList<>();
        for (FutureTask<Optional<Register>> attempt : attempts) {
            attempt.get().ifPresent(winners::add);
        }
        assertThat(winners).as("winners").hasSize(1);
        assertThat(subject.store().readRegister(name)).contains(winners.get(0));
        return winners.get(0);
    }

    /**
     * Threads increment a counter by compare-and-set, and others read it. It is linearizable if no two increments start
     * from the same value, none is lost, and a read that begins after an increment has returned sees it.
     */
    @Test
    default void rule2_racingIncrementsAreLinearizable(StoreUnderTest subject) throws Exception {
        subject.store().writeRegister("counter", null, Content.number(0));
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Race readers = new Race(subject.hooks().patience());
        for (Store store : List.of(subject.store(), subject.other())) {
            readers.run(() -> {
                while (!done.get()) {
                    long atLeast = acknowledged.get();
                    assertThat(read(store)).as("a read after %d", atLeast).isGreaterThanOrEqualTo(atLeast);
                }
            });
        }
        Race race = new Race(subject.hooks().patience());
        List<FutureTask<List<Long>>> writers = new ArrayList<>();
        for (Store store : subject.writers(Race.THREADS)) {
            writers.add(race.callTogether(() -> increment(store, acknowledged, race)));
        }
        try {
            race.finish();
        } finally {
            done.set(true);
        }
        readers.finish();

        List<Long> written = new ArrayList<>();
        for (FutureTask<List<Long>> writer : writers) {
            written.addAll(writer.get());
        }
        assertThat(written).as("values written").doesNotHaveDuplicates().hasSize(Race.THREADS * Race.REPEATS);
        assertThat(read(subject.store())).isEqualTo(Race.THREADS * Race.REPEATS);
    }

    private static List<Long> increment(Store store, AtomicLong acknowledged, Race race) throws IOException {
        List<Long> written = new ArrayList<>();
        while (written.size() < Race.REPEATS && !race.isOver()) {
            Register current = store.readRegister("counter").orElseThrow();
            long next = current.content().getLong() + 1;
            try {
                store.writeRegister("counter", current.version(), Content.number(next));
                acknowledged.accumulateAndGet(next, Math::max);
                written.add(next);
            } catch (VersionConflictException e) {
                assertThat(read(store)).as("a read after a conflict").isGreaterThanOrEqualTo(next);
            }
        }
        return written;
    }

    private static long read(Store store) throws IOException {
        return store.readRegister("counter").orElseThrow().content().getLong();
    }
}
