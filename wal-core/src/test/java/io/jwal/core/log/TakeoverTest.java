package io.jwal.core.log;

import static io.jwal.core.log.ExpectedLog.append;
import static io.jwal.core.log.ExpectedLog.appendAll;
import static io.jwal.core.log.ExpectedLog.consumeTo;
import static io.jwal.core.log.ExpectedLog.setProperty;
import static io.jwal.core.log.ExpectedLog.truncateAfter;
import static io.jwal.core.log.ExpectedLog.truncateBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.jwal.FencedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalException;
import io.jwal.core.log.ExpectedLog.Step;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second writer takes the log over while the first is inside any call of the store, and the first goes on afterwards. */
@ExtendWith(LogMediaResolver.class)
@SuppressWarnings("try") // closing early is what is tested
class TakeoverTest {
    private static final List<Step> STEPS = List.of(
            append("e", 1500),
            append("f", 1500),
            setProperty("p"),
            consumeTo(4),
            append("g", 1500),
            truncateBefore(3),
            append("h", 1500),
            consumeTo(7),
            append("i", 1500),
            truncateAfter(6),
            append("j", 1500),
            truncateBefore(8),
            append("k", 10),
            append("l", 3000),
            append("m", 3000),
            append("n", 3000));

    private final LogMedia media;

    TakeoverTest(LogMedia media) {
        this.media = media;
    }

    @ParameterizedTest
    @EnumSource
    void theSecondWriterHasAllThatTheFirstAcknowledged(StoreOperation operation) {
        sweep(operation, UnaryOperator.identity());
    }

    @ParameterizedTest
    @EnumSource
    void itHasAlsoOnAStoreThatTakesSeveralSyncsAtOnce(StoreOperation operation) {
        sweep(operation, traits -> traits.withSyncs(3, 5));
    }

    private void sweep(StoreOperation operation, UnaryOperator<StoreTraits> traits) {
        long calls = calls(operation, traits);
        for (boolean after : new boolean[] {false, true}) {
            media.runs(calls, operation.ordinal() + (after ? 1 : 0))
                    .forEach(nth -> run(operation, nth, calls, after, traits));
        }
    }

    private void run(StoreOperation operation, long nth, long calls, boolean after, UnaryOperator<StoreTraits> traits) {
        LogMedium medium = media.next().traits(traits);
        Run run = new Run(medium);
        try {
            run.takeOver(operation, nth, after);
        } catch (Exception | AssertionError e) {
            fail(operation + " " + nth + " of " + calls + (after ? " after: " : ": ") + run.script, e);
        }
        media.end(medium);
    }

    /** Found by the exploration of the protocol on S3: it was taken for a log that had lost its manifest. */
    @Test
    void aLogThatIsBegunWhileASecondWriterLooksIsNotDamaged() throws Exception {
        LogMedium medium = media.next();
        Gate gate = medium.faults().block(StoreOperation.LIST, 1); // when it has seen no manifest
        Background<Wal> opening = Background.call(() -> TestLogs.open(medium));
        gate.awaitReached();
        try (Wal first = TestLogs.open(medium)) {
            append("a", 10).action().accept(first);
            ExpectedLog begun = ExpectedLog.of(first);
            gate.release();
            try (Wal second = opening.result()) {
                assertThat(ExpectedLog.of(second)).isEqualTo(begun);
                Run.checkIsFenced(first);
            }
        }
    }

    private long calls(StoreOperation operation, UnaryOperator<StoreTraits> traits) {
        LogMedium medium = media.next().traits(traits);
        try (Wal wal = begun(medium)) {
            long before = medium.faults().calls(operation);
            STEPS.forEach(step -> step.action().accept(wal));
            wal.sync();
            return medium.faults().calls(operation) - before;
        }
    }

    /** A log with four entries, once recovered. */
    private static Wal begun(LogMedium medium) {
        Wal first = TestLogs.open(medium);
        append("a", 10).action().accept(first);
        appendAll("b", "c", "d").action().accept(first);
        medium.kill();
        return TestLogs.open(medium);
    }

    private static final class Run {
        private final LogMedium medium;
        private final List<String> script = new ArrayList<>();
        private final List<ExpectedLog> states = new ArrayList<>();
        private volatile int acknowledged;

        Run(LogMedium medium) {
            this.medium = medium;
        }

        void takeOver(StoreOperation operation, long nth, boolean after) throws Exception {
            Wal old = begun(medium);
            states.add(ExpectedLog.of(old));
            STEPS.forEach(step -> states.add(step.effect().apply(states.get(states.size() - 1))));
            Gate gate = after
                    ? medium.faults().blockAfter(operation, nth)
                    : medium.faults().block(operation, nth);
            Background<Boolean> writing = Background.run(() -> write(old));
            while (!gate.isReached() && !writing.isDone()) {
                Thread.onSpinWait();
            }
            if (!gate.isReached()) {
                gate.release(); // the background made fewer calls this time
            }
            ExpectedLog now;
            try (Wal newer = TestLogs.open(medium)) {
                ExpectedLog taken = ExpectedLog.of(newer);
                Step one = append("new", 10);
                one.action().accept(newer);
                gate.release();
                writing.result();
                assertThat(taken).isIn(states.subList(acknowledged, Math.min(acknowledged + 2, states.size())));
                checkIsFenced(old);
                now = one.effect().apply(taken);
                assertThat(ExpectedLog.of(newer)).isEqualTo(now);
                close(old);
                for (Step step : List.of(append("large", 6000), setProperty("q"), append("larger", 6000))) {
                    step.action().accept(newer);
                    now = step.effect().apply(now);
                }
                assertThat(ExpectedLog.of(newer)).isEqualTo(now);
            }
            medium.crashLosingUnsynced();
            try (Wal third = TestLogs.open(medium)) {
                assertThat(ExpectedLog.of(third)).isEqualTo(now);
            }
        }

        private void close(Wal old) {
            try {
                old.close();
            } catch (WalException e) {
                script.add("close: " + e);
            }
        }

        private void write(Wal old) {
            for (Step step : STEPS) {
                try {
                    step.action().accept(old);
                    script.add(step.name());
                    acknowledged++;
                } catch (WalException e) {
                    script.add(step + ": " + e);
                    return;
                }
            }
        }

        private static void checkIsFenced(Wal old) {
            assertThatThrownBy(() -> old.append(TestLogs.bytes("zombie"))).isInstanceOf(WalException.class);
            assertThatThrownBy(() -> old.setProperty("n", TestLogs.bytes("zombie")))
                    .isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> old.truncateAfter(old.lastIndex() - 1)).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> old.truncateBefore(old.firstIndex() + 1)).isInstanceOf(FencedException.class);
        }
    }

    @Test
    void aZombieChangesNothingBesideTheLog() {
        LogMedium medium = media.next();
        for (int change = 0; change < 5; change++) {
            Wal old = TestLogs.open(medium);
            old.append(TestLogs.bytes("x"));
            WalConsumer consumer = old.consumer("c");
            consumer.poll(Duration.ZERO);
            try (Wal newer = TestLogs.open(medium)) {
                ExpectedLog before = ExpectedLog.of(newer);
                switch (change) {
                    case 0 -> assertThatThrownBy(consumer::commit).isInstanceOf(FencedException.class);
                    case 1 ->
                        assertThatThrownBy(() -> old.setProperty("n", new byte[1]))
                                .isInstanceOf(FencedException.class);
                    case 2 ->
                        assertThatThrownBy(() -> old.truncateBefore(old.lastIndex() + 1))
                                .isInstanceOf(FencedException.class);
                    case 3 ->
                        assertThatThrownBy(() -> old.truncateAfter(old.firstIndex() - 1))
                                .isInstanceOf(FencedException.class);
                    default -> assertThatThrownBy(old::close).isInstanceOf(FencedException.class);
                }
                assertThatThrownBy(() -> old.append(new byte[1])).isInstanceOf(WalException.class);
                assertThat(ExpectedLog.of(newer)).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoThatOpenAtOnceOneIsFenced(StoreOperation operation) throws Exception {
        for (long nth : media.runs(30, operation.ordinal()).toArray()) {
            LogMedium medium = media.next();
            Wal first = begun(medium);
            for (Step step : STEPS.subList(0, 9)) {
                step.action().accept(first);
            }
            ExpectedLog expected = ExpectedLog.of(first);
            medium.crash(nth);
            Gate gate = medium.faults().block(operation, nth);
            Background<Wal> slow = Background.call(() -> TestLogs.open(medium));
            while (!gate.isReached() && !slow.isDone()) {
                Thread.onSpinWait();
            }
            if (slow.isDone()) {
                gate.release();
                break;
            }
            Wal fast = TestLogs.open(medium);
            fast.append(TestLogs.bytes("fast"));
            ExpectedLog now = append("fast", 0).effect().apply(expected);
            gate.release();
            Throwable failure = slow.failure();
            Step more = append("more", 0);
            now = more.effect().apply(now);
            Wal fenced = failure == null
                            && slow.result().stats().epoch() < fast.stats().epoch()
                    ? slow.result()
                    : fast;
            if (failure == null) {
                Wal newest = fenced == fast ? slow.result() : fast;
                more.action().accept(newest);
                assertThatThrownBy(() -> fenced.append(TestLogs.bytes("x"))).isInstanceOf(FencedException.class);
            } else {
                assertThat(failure).as(operation + " " + nth).isInstanceOf(FencedException.class);
                more.action().accept(fast);
            }
            medium.crashLosingUnsynced();
            try (Wal third = TestLogs.open(medium)) {
                assertThat(ExpectedLog.of(third)).as(operation + " " + nth).isEqualTo(now);
            }
            media.end(medium);
        }
    }

    @Test
    void aZombieThatLingersLosesNothingOfItsSuccessor() {
        LogMedium medium = media.next();
        Wal old = begun(medium);
        STEPS.subList(0, 5).forEach(step -> step.action().accept(old));
        medium.faults().fail(StoreOperation.DELETE, 1, Fault.ioError().forGood());
        try (Wal newer = TestLogs.open(medium)) {
            ExpectedLog before = ExpectedLog.of(newer);
            medium.faults().clear();
            assertThatThrownBy(() -> old.truncateBefore(4)).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> old.append(new byte[3000])).isInstanceOf(WalException.class);
            assertThat(ExpectedLog.of(newer)).isEqualTo(before);
        }
    }
}
