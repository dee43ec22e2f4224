package io.jwal.store.tck.simulator;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of a {@link LogMedium}'s stores fail or wait, and a record of all calls. Calls are counted by operation
 * over all stores of the medium, and the plan outlives crashes. Safe for many threads.
 *
 * <pre>{@code
 * medium.faults().fail(StoreOperation.SYNC, 2, Fault.ioError());     // the next sync succeeds, the one after it fails
 * Gate gate = medium.faults().block(StoreOperation.SEAL, 1);         // the next seal waits at the gate
 * }</pre>
 */
public final class FaultPlan {
    private static final int TRACE_LENGTH = 10_000;

    private record Planned(
            StoreOperation operation,
            long call,
            @Nullable Fault fault,
            @Nullable Gate before,
            @Nullable Gate after) {
        boolean meets(StoreOperation called, long number) {
            return operation == called && (call == number || (isLasting() && call < number));
        }

        /** Whether it can be forgotten; a gate cannot, for somebody may be waiting at it. */
        boolean isOver(StoreOperation called, long number) {
            return fault != null && !isLasting() && operation == called && call <= number;
        }

        private boolean isLasting() {
            return fault != null && fault.lasting();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Planned> planned = new ArrayList<>();
    private final Map<StoreOperation, Long> counts = new EnumMap<>(StoreOperation.class);
    private final Deque<StoreCall> trace = new ArrayDeque<>();

    /** Makes one by which nothing fails. */
    public FaultPlan() {}

    /**
     * Makes a call fail.
     *
     * @param operation which calls are counted
     * @param nth which one from now on, 1 for the next
     * @param fault how it fails
     */
    public void fail(StoreOperation operation, long nth, Fault fault) {
        plan(operation, nth, fault, null, null);
    }

    /**
     * Makes a call wait before it has any effect.
     *
     * @param operation which calls are counted
     * @param nth which one from now on, 1 for the next
     * @return where it waits
     */
    public Gate block(StoreOperation operation, long nth) {
        Gate gate = new Gate();
        plan(operation, nth, null, gate, null);
        return gate;
    }

    /**
     * Makes a call wait after it had its effect, before it returns or throws.
     *
     * @param operation which calls are counted
     * @param nth which one from now on, 1 for the next
     * @return where it waits
     */
    public Gate blockAfter(StoreOperation operation, long nth) {
        Gate gate = new Gate();
        plan(operation, nth, null, null, gate);
        return gate;
    }

    private void plan(
            StoreOperation operation, long nth, @Nullable Fault fault, @Nullable Gate before, @Nullable Gate after) {
        if (nth < 1) {
            throw new IllegalArgumentException("calls are counted from 1, but got " + nth);
        }
        lock.lock();
        try {
            planned.add(new Planned(operation, calls(operation) + nth, fault, before, after));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets every planned fault, and releases whoever waits at a gate. */
    public void clear() {
        lock.lock();
        try {
            for (Planned plan : planned) {
                for (Gate gate : new Gate[] {plan.before, plan.after}) {
                    if (gate != null) {
                        gate.release();
                    }
                }
            }
            planned.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How often an operation was called.
     *
     * @param operation the operation
     * @return how many calls began, failed ones included
     */
    public long calls(StoreOperation operation) {
        lock.lock();
        try {
            return counts.getOrDefault(operation, 0L);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The last calls in the order in which they began.
     *
     * @return at most 10,000 calls
     */
    public List<StoreCall> trace() {
        lock.lock();
        try {
            return List.copyOf(trace);
        } finally {
            lock.unlock();
        }
    }

    /** Starts the trace afresh. Counts and faults stay. */
    public void clearTrace() {
        lock.lock();
        try {
            trace.clear();
        } finally {
            lock.unlock();
        }
    }

    /** What a call does. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** The partial effect of what is atomic. */
    static final Action<Integer> NOTHING = () -> 0;

    /** Runs a call as planned; {@code partial} is what {@link Fault.Effect#PARTIAL} does. */
    <T> T run(StoreCall call, Action<T> action, Action<?> partial) throws IOException {
        List<Planned> met = arrive(call);
        met.forEach(plan -> pass(plan.before));
        try {
            for (Planned plan : met) {
                if (plan.fault != null) {
                    switch (plan.fault.effect()) {
                        case NONE -> {}
                        case PARTIAL -> partial.run();
                        case COMPLETE -> action.run();
                    }
                    throw plan.fault.exception(call);
                }
            }
            return action.run();
        } finally {
            met.forEach(plan -> pass(plan.after));
        }
    }

    private List<Planned> arrive(StoreCall call) {
        lock.lock();
        try {
            if (trace.size() == TRACE_LENGTH) {
                trace.removeFirst();
            }
            trace.addLast(call);
            long number = counts.merge(call.operation(), 1L, Long::sum);
            List<Planned> met = new ArrayList<>();
            for (Planned plan : planned) {
                if (plan.meets(call.operation(), number)) {
                    met.add(plan);
                }
            }
            planned.removeIf(plan -> plan.isOver(call.operation(), number));
            return met;
        } finally {
            lock.unlock();
        }
    }

    private static void pass(@Nullable Gate gate) {
        if (gate != null) {
            gate.pass();
        }
    }
}
