package io.jwal.core.log;

import static io.jwal.core.log.ExpectedLog.append;
import static io.jwal.core.log.ExpectedLog.appendAll;
import static io.jwal.core.log.ExpectedLog.consumeTo;
import static io.jwal.core.log.ExpectedLog.setProperty;
import static io.jwal.core.log.ExpectedLog.truncateAfter;
import static io.jwal.core.log.ExpectedLog.truncateBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jwal.CorruptLogException;
import io.jwal.OutcomeUnknownException;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.log.ExpectedLog.Step;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of a store fails once, or from then on, before, in or after its effect. What was acknowledged is there when
 * the log is opened again; what failed is there as a whole or not at all.
 */
@ExtendWith(LogMediaResolver.class)
class FaultSweepTest {
    private static final List<Step> STEPS = List.of(
            append("a", 10),
            appendAll("b", "c", "d"),
            append("e", 1500),
            append("f", 1500),
            append("g", 1500),
            setProperty("p"),
            consumeTo(4),
            append("h", 1500),
            truncateBefore(3),
            append("i", 1500),
            append("j", 1500),
            consumeTo(9),
            truncateAfter(7),
            append("k", 1500),
            append("l", 1500),
            truncateBefore(10),
            append("m", 10),
            append("n", 3000),
            append("o", 3000),
            append("p", 3000));

    private static final List<Fault> FAULTS = List.of(
            Fault.ioError(),
            Fault.ioError().forGood(),
            Fault.ioError().after(Fault.Effect.PARTIAL),
            Fault.ioError().after(Fault.Effect.COMPLETE),
            Fault.full(),
            Fault.full().forGood(),
            Fault.full().after(Fault.Effect.PARTIAL));

    private final LogMedia media;

    FaultSweepTest(LogMedia media) {
        this.media = media;
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedStays(StoreOperation operation) {
        sweep(operation, UnaryOperator.identity());
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedStaysOnAStoreThatTakesSeveralSyncsAtOnce(StoreOperation operation) {
        sweep(operation, traits -> traits.withSyncs(3, 5));
    }

    private void sweep(StoreOperation operation, UnaryOperator<StoreTraits> traits) {
        long calls = calls(operation, traits);
        for (Fault fault : FAULTS) {
            int sweep = operation.ordinal() + FAULTS.indexOf(fault);
            media.runs(calls, sweep).forEach(nth -> run(operation, nth, calls, fault, traits));
        }
    }

    private void run(StoreOperation operation, long nth, long calls, Fault fault, UnaryOperator<StoreTraits> traits) {
        Ending ending = Ending.values()[(int) (FAULTS.indexOf(fault) + nth) % Ending.values().length];
        LogMedium medium = media.next().traits(traits);
        Run run = new Run(medium, ending);
        try {
            run.with(operation, nth, fault);
        } catch (RuntimeException | AssertionError e) {
            fail(operation + " " + nth + " of " + calls + ", " + fault + ", " + ending + ": " + run.script, e);
        }
        media.end(medium);
    }

    private long calls(StoreOperation operation, UnaryOperator<StoreTraits> traits) {
        Run run = new Run(media.next().traits(traits), Ending.CLOSE);
        run.with(StoreOperation.CLAIM, 1000, Fault.ioError());
        return run.calls(operation);
    }

    /** How the log that failed ends. */
    private enum Ending {
        CLOSE,
        CLOSE_FAILING,
        KILL,
        CRASH,
        LOSE
    }

    /** One run through all steps, from a log that a crash has left unsealed, with one fault. */
    private static final class Run {
        private final LogMedium medium;
        private final Ending ending;
        private final List<String> script = new ArrayList<>();
        private ExpectedLog certain = ExpectedLog.EMPTY;
        private ExpectedLog perhaps = certain;
        private long before;

        Run(LogMedium medium, Ending ending) {
            this.medium = medium;
            this.ending = ending;
        }

        long calls(StoreOperation operation) {
            return medium.faults().calls(operation) - before;
        }

        void with(StoreOperation operation, long nth, Fault fault) {
            Wal first = TestLogs.open(medium);
            for (Step step : STEPS.subList(0, 4)) {
                step(first, step);
            }
            medium.crash(nth);
            before = medium.faults().calls(operation);
            medium.faults().fail(operation, nth, fault);
            Wal wal = open();
            int next = 4;
            boolean failed = wal == null;
            while (!failed && next < STEPS.size()) {
                failed = !step(wal, STEPS.get(next++));
            }
            if (wal != null) {
                if (failed) {
                    checkWhatIsDurable(wal);
                }
                end(wal);
            }
            medium.faults().clear();
            goOn();
        }

        private Wal open() {
            try {
                Wal wal = TestLogs.open(medium);
                script.add("open");
                return wal;
            } catch (WalException e) {
                script.add("open: " + e);
                return null;
            }
        }

        private boolean step(Wal wal, Step step) {
            try {
                perhaps = step.effect().apply(certain);
                step.action().accept(wal);
                script.add(step.name());
                certain = perhaps;
                return true;
            } catch (WalException e) {
                script.add(step + ": " + e);
                if (!(e instanceof OutcomeUnknownException)) {
                    perhaps = certain;
                }
                return false;
            }
        }

        /** Reading goes on, but for what cannot be read. */
        private void checkWhatIsDurable(Wal wal) {
            for (long index = wal.firstIndex(); index <= wal.durableIndex(); index++) {
                try {
                    assertThat(TestLogs.text(wal.read(index))).isEqualTo(textAt(index));
                } catch (WalException e) {
                    assertThat(medium.faults().calls(StoreOperation.READ)).isPositive();
                }
            }
        }

        private String textAt(long index) {
            ExpectedLog log = index <= certain.last() ? certain : perhaps;
            return log.entries().get((int) (index - log.first()));
        }

        private void end(Wal wal) {
            if (ending != Ending.CLOSE_FAILING) {
                medium.faults().clear();
            }
            switch (ending) {
                case KILL -> medium.kill();
                case CRASH -> medium.crash(7);
                case LOSE -> medium.crashLosingUnsynced();
                default -> {}
            }
            try {
                wal.close();
            } catch (WalException e) {
                script.add("close: " + e);
            }
        }

        private void goOn() {
            try (Wal wal = TestLogs.open(medium)) {
                ExpectedLog found = ExpectedLog.of(wal);
                assertThat(found).isIn(certain, perhaps);
                certain = found;
                step(wal, append("again", 10));
                step(wal, append("and again", 5000));
                assertThat(ExpectedLog.of(wal)).isEqualTo(certain);
            }
            try (Wal wal = TestLogs.open(medium)) {
                assertThat(ExpectedLog.of(wal)).isEqualTo(certain);
            } catch (CorruptLogException e) {
                throw new AssertionError(e);
            }
        }
    }
}
