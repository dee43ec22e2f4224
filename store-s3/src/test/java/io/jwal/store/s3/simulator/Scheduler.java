package io.jwal.store.s3.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets one actor run at a time. Actors are threads that hand on a baton; where they do, a {@link Course} says who goes on,
 * and nothing else does, so that the same course makes the same run. No time passes.
 */
final class Scheduler {
    /** More is a run that never ends. */
    private static final int MOST_EVENTS = 20_000;

    private static final long STUCK_SECONDS = 60;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "actor");
        thread.setDaemon(true);
        return thread;
    });

    private final Course course;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Actor current;
    private @Nullable String violation;
    private @Nullable Throwable cause;
    private volatile boolean unwinding;

    /** Something that an actor does. */
    record Event(Actor actor, String what, String about) {
        @Override
        public String toString() {
            return actor + ": " + what + " " + about;
        }
    }

    /** Something that runs. */
    static final class Actor {
        private final Machine machine;
        private final String name;
        private final Runnable body;
        private final Semaphore baton = new Semaphore(0);
        private final CountDownLatch ended = new CountDownLatch(1);
        private BooleanSupplier ready;
        private boolean started;
        private boolean finished;

        private Actor(Machine machine, String name, BooleanSupplier ready, Runnable body) {
            this.machine = machine;
            this.name = name;
            this.ready = ready;
            this.body = body;
        }

        boolean isOver() {
            return finished || machine.isStopped();
        }

        private boolean canGoOn() {
            return !isOver() && ready.getAsBoolean();
        }

        @Override
        public String toString() {
            return machine + (name.isEmpty() ? "" : "/" + name);
        }
    }

    Scheduler(Course course) {
        this.course = course;
    }

    /**
     * Adds an actor.
     *
     * @param ready when it may begin
     */
    Actor add(Machine machine, String name, BooleanSupplier ready, Runnable body) {
        if (unwinding) {
            throw new Stopped();
        }
        Actor actor = new Actor(machine, name, ready, body);
        actors.add(actor);
        return actor;
    }

    /** Runs until nobody can go on. */
    void run() {
        handOn(null);
        await(over);
        unwinding = true;
        for (Actor actor : List.copyOf(actors)) {
            if (actor.started) {
                actor.baton.release();
                await(actor.ended);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(STUCK_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("an actor waits for something that is not the scheduler's");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The current actor is about to do something that others may notice; another one may go on first. */
    void pass(String what, String about) {
        Actor me = me();
        events.add(new Event(me, what, about));
        if (events.size() > MOST_EVENTS) {
            throw violation("the run does not end", null);
        }
        goOnWhenChosen(me);
    }

    /** The current actor goes on only when something holds. */
    void awaitUntil(BooleanSupplier holds) {
        Actor me = me();
        if (!holds.getAsBoolean()) {
            me.ready = holds;
            goOnWhenChosen(me);
            me.ready = () -> true;
        }
    }

    private void goOnWhenChosen(Actor me) {
        Actor next = choose(me);
        if (next != me) {
            give(next);
            me.baton.acquireUninterruptibly();
        }
        checkGoesOn(me);
    }

    private void checkGoesOn(Actor me) {
        if (unwinding || me.machine.isStopped()) {
            throw new Stopped();
        }
    }

    /** What becomes of a request of the current actor. */
    Fault fault(Machine machine, boolean changing) {
        if (!machine.isDisturbed()) {
            return Fault.NONE;
        }
        Fault fault = Fault.of(course.choose(Course.Kind.FAULT, Fault.options(changing)));
        if (fault != Fault.NONE) {
            events.add(new Event(me(), "-", fault.name()));
        }
        return fault;
    }

    private Actor me() {
        Actor me = current;
        if (unwinding || violation != null || me == null) {
            throw new Stopped(); // after a violation, too, if something has swallowed it
        }
        return me;
    }

    private @Nullable Actor choose(@Nullable Actor me) {
        List<Actor> able = new ArrayList<>();
        if (me != null && me.canGoOn()) {
            able.add(me);
        }
        // First those of the same machine, so that what was begun is ended; then the others in turn.
        Machine here = me == null ? null : me.machine;
        actors.stream()
                .filter(actor -> actor != me && actor.machine == here && actor.canGoOn())
                .forEach(able::add);
        actors.stream()
                .filter(actor -> actor.machine != here && actor.canGoOn())
                .forEach(able::add);
        return able.isEmpty() ? null : able.get(course.choose(Course.Kind.ACTOR, able.size()));
    }

    private void handOn(@Nullable Actor me) {
        try {
            give(choose(me));
        } catch (IllegalStateException e) {
            broken(e.toString(), e);
            over.countDown();
        }
    }

    private void give(@Nullable Actor next) {
        current = next;
        if (next == null) {
            checkAllOver();
            over.countDown();
        } else if (next.started) {
            next.baton.release();
        } else {
            next.started = true;
            THREADS.execute(() -> perform(next));
        }
    }

    private void checkAllOver() {
        String waiting = actors.stream()
                .filter(actor -> !actor.isOver())
                .map(Actor::toString)
                .collect(Collectors.joining(", "));
        if (!waiting.isEmpty()) {
            broken("nobody can go on, but these have not ended: " + waiting, null);
        }
    }

    private void perform(Actor actor) {
        try {
            actor.body.run();
        } catch (Stopped e) {
            // that is how it ends
        } catch (RuntimeException | Error e) {
            broken(actor + " failed: " + e, e);
        } finally {
            actor.finished = true;
            actor.ended.countDown();
        }
        if (unwinding) {
            return;
        }
        if (violation == null) {
            handOn(actor);
        } else {
            over.countDown();
        }
    }

    private void broken(String what, @Nullable Throwable why) {
        if (violation == null && !unwinding) {
            violation = what;
            cause = why;
        }
    }

    /** Ends the run: something is not as it must be. To be thrown. */
    Stopped violation(String what, @Nullable Throwable why) {
        broken(what, why);
        return new Stopped();
    }

    /** What was not as it must be, or null. */
    @Nullable
    String violation() {
        return violation;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    /** What happened, in order. */
    List<Event> events() {
        return events;
    }
}
