package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which requests to a server go wrong or wait. Safe for many threads.
 *
 * <pre>{@code
 * server.faults().add(FaultRule.on(PUT).nth(2), Fault.dropAnswer());  // the next put is answered, the one after it not
 * Gate gate = server.faults().hold(FaultRule.on(MULTIPART_COMPLETE)); // the next one waits before it has any effect
 * }</pre>
 */
public final class FaultPlan {
    private static final Duration REORDER_PATIENCE = Duration.ofSeconds(10);

    private static final class Planned {
        final FaultRule rule;
        final @Nullable Fault fault;
        final @Nullable Gate before;
        final @Nullable Gate after;
        long matched;

        Planned(FaultRule rule, @Nullable Fault fault, @Nullable Gate before, @Nullable Gate after) {
            this.rule = rule;
            this.fault = fault;
            this.before = before;
            this.after = after;
        }
    }

    /** A request that waits until another one that matches has passed. */
    private record Overtaken(FaultRule rule, Gate gate) {}

    /** What a request meets, and whom it lets go when it has passed. */
    private record Met(List<Planned> planned, List<Gate> reordered, List<Gate> overtaken) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Planned> planned = new ArrayList<>();
    private final List<Overtaken> waiting = new ArrayList<>();
    private long injected;

    FaultPlan() {}

    /**
     * Makes requests go wrong.
     *
     * @param rule which ones, counted from now on
     * @param fault how
     */
    public void add(FaultRule rule, Fault fault) {
        plan(new Planned(rule, fault, null, null));
    }

    /**
     * Makes a request wait before it has any effect.
     *
     * @param rule which one, counted from now on
     * @return where it waits
     */
    public Gate hold(FaultRule rule) {
        Gate gate = new Gate();
        plan(new Planned(rule, null, gate, null));
        return gate;
    }

    /**
     * Makes an answer wait after the request has had its effect.
     *
     * @param rule which one, counted from now on
     * @return where it waits
     */
    public Gate holdAnswer(FaultRule rule) {
        Gate gate = new Gate();
        plan(new Planned(rule, null, null, gate));
        return gate;
    }

    /** Forgets every planned fault, and lets go whoever waits at a gate. */
    public void clear() {
        lock.lock();
        try {
            for (Planned plan : planned) {
                release(plan.before);
                release(plan.after);
            }
            planned.clear();
            waiting.forEach(overtaken -> overtaken.gate.release());
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many faults have met a request.
     *
     * @return how many since the server was started, gates not counted
     */
    public long injected() {
        lock.lock();
        try {
            return injected;
        } finally {
            lock.unlock();
        }
    }

    private void plan(Planned plan) {
        lock.lock();
        try {
            planned.add(plan);
        } finally {
            lock.unlock();
        }
    }

    /** What a request does. */
    @FunctionalInterface
    interface Action {
        HttpResponse run() throws IOException;
    }

    /** Carries a request out as planned. Throws what ends the connection without an answer. */
    HttpResponse run(S3Request request, Action action) throws IOException {
        Met met = arrive(request);
        for (Planned plan : met.planned) {
            pass(plan.before);
        }
        met.reordered.forEach(gate -> gate.pass(REORDER_PATIENCE));
        try {
            return run(request, met, action);
        } finally {
            met.overtaken.forEach(Gate::release);
        }
    }

    private static HttpResponse run(S3Request request, Met met, Action action) throws IOException {
        for (Planned plan : met.planned) {
            if (plan.fault != null && !plan.fault.carriedOut()) {
                HttpResponse instead = Faults.before(request, plan.fault);
                if (instead != null) {
                    return instead;
                }
            }
        }
        HttpResponse response = action.run();
        for (Planned plan : met.planned) {
            pass(plan.after);
            if (plan.fault != null && plan.fault.carriedOut()) {
                response = Faults.after(request, plan.fault, response);
            }
        }
        return response;
    }

    private Met arrive(S3Request request) {
        lock.lock();
        try {
            Met met = new Met(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            waiting.removeIf(overtaken -> {
                boolean passes = overtaken.rule.matches(request);
                if (passes) {
                    met.overtaken.add(overtaken.gate);
                }
                return passes;
            });
            for (Planned plan : planned) {
                if (plan.rule.matches(request) && plan.rule.meets(++plan.matched)) {
                    met.planned.add(plan);
                    meet(plan, met);
                }
            }
            // A gate stays, for clear() must find whoever waits at it
            planned.removeIf(plan -> plan.fault != null && plan.rule.isOver(plan.matched));
            return met;
        } finally {
            lock.unlock();
        }
    }

    private void meet(Planned plan, Met met) {
        if (plan.fault == null) {
            return;
        }
        injected++;
        if (plan.fault.kind() == Fault.Kind.REORDER) {
            Gate gate = new Gate();
            met.reordered.add(gate);
            waiting.add(new Overtaken(plan.rule, gate));
        }
    }

    private static void pass(@Nullable Gate gate) {
        if (gate != null) {
            gate.pass();
        }
    }

    private static void release(@Nullable Gate gate) {
        if (gate != null) {
            gate.release();
        }
    }
}
