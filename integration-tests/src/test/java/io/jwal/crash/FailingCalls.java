package io.jwal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jwal.store.tck.proof.ProofRecord;
import io.jwal.store.tck.proof.ProofShare;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does each script again and again, each time with another call of what lies below failing. One case alone is repeated
 * with {@code -Djwal.failing.fault=…}, {@code -Djwal.failing.call=…} and {@code -Djwal.failing.script='…'}, which a violation
 * names.
 */
final class FailingCalls {
    /** No call fails. */
    static final long NONE = Long.MAX_VALUE;

    private static final String FAULT = "jwal.failing.fault";
    private static final String CALL = "jwal.failing.call";
    private static final String SCRIPT = "jwal.failing.script";
    private static final @Nullable String ONLY_FAULT = System.getProperty(FAULT);
    private static final @Nullable String ONLY_SCRIPT = System.getProperty(SCRIPT);
    private static final long ONLY_CALL = Long.getLong(CALL, 0);

    private final String name;
    private final int sparing;
    private final long leastCalls;

    /** A script that was done until something failed. */
    interface Run {
        /** How many calls there were. */
        long calls();

        /** How many of them failed. */
        long faults();

        /** Ends it, and throws if anything is not as it must be. */
        void judge();
    }

    /** Does a script. */
    @FunctionalInterface
    interface Start {
        /**
         * Does it until something fails.
         *
         * @param nth which call fails, from 1 up; or {@link #NONE}
         */
        Run run(CrashCase script, long nth);
    }

    /**
     * Cases of one kind.
     *
     * @param name what fails
     * @param sparing of so many calls one fails in the build; in the proof each
     * @param leastCalls fewer calls than this in a script are a mistake in the script
     */
    FailingCalls(String name, int sparing, long leastCalls) {
        this.name = name;
        this.sparing = ProofShare.isProof() ? 1 : sparing;
        this.leastCalls = leastCalls;
    }

    void each(Enum<?> fault, List<CrashCase> scripts, Start start) {
        assumeThat(ONLY_FAULT == null || ONLY_FAULT.equals(fault.name())).isTrue();
        ProofRecord record = new ProofRecord(name + ", " + fault);
        for (CrashCase script : ONLY_SCRIPT == null ? scripts : List.of(CrashCase.parse(ONLY_SCRIPT))) {
            long calls = judge(fault, script, NONE, start, record);
            assertThat(calls).as("calls of " + script).isGreaterThan(leastCalls);
            long first = ONLY_CALL > 0 ? ONLY_CALL : 1 + fault.ordinal();
            long last = ONLY_CALL > 0 ? ONLY_CALL : calls;
            for (long nth = first; nth <= last; nth += sparing) {
                judge(fault, script, nth, start, record);
            }
        }
        record.write();
    }

    /** How many calls there were. */
    private static long judge(Enum<?> fault, CrashCase script, long nth, Start start, ProofRecord record) {
        try {
            Run run = start.run(script, nth);
            run.judge();
            record.count("cases", 1);
            record.count("faults", run.faults());
            return run.calls();
        } catch (RuntimeException | AssertionError e) {
            String where = nth == NONE
                    ? "without a fault, " + script
                    : fault + " at call " + nth + " of " + script + "; again with -D" + FAULT + "=" + fault + " -D"
                            + CALL + "=" + nth + " -D" + SCRIPT + "='" + script + "'";
            record.violation(where + ": " + e);
            record.write();
            throw new AssertionError(where, e);
        }
    }
}
