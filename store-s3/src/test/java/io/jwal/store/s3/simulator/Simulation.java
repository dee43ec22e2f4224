package io.jwal.store.s3.simulator;

import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreTraits;
import io.jwal.store.s3.objects.Requests;
import io.jwal.store.s3.protocol.S3Settings;
import io.jwal.store.s3.protocol.S3Store;
import io.jwal.store.s3.protocol.Stores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of a scenario: writers and a follower on one bucket, and one last writer who reads what there is. */
final class Simulation {
    private static final StoreTraits TRAITS = StoreTraits.remoteDefaults().withSyncs(3, 1_000);
    private static final String LAST = "awv";

    private final Scenario scenario;
    private final Course course;
    private final Bucket bucket = new Bucket();
    private final Scheduler scheduler;
    private final History history;
    private final Deletions deletions;
    private final Machine network = new Machine("network", 0, false);
    private final List<Scheduler.Actor> main = new ArrayList<>();

    /**
     * What came of a run.
     *
     * @param violation what was not as it must be, or null
     * @param plan makes the same run again
     */
    record Outcome(
            @Nullable String violation,
            @Nullable Throwable cause,
            Plan plan,
            List<Course.Step> steps,
            List<Scheduler.Event> events) {}

    private Simulation(Scenario scenario, Course course) {
        this.scenario = scenario;
        this.course = course;
        this.scheduler = new Scheduler(course);
        this.history = new History(scheduler);
        this.deletions = new Deletions(bucket, scheduler);
    }

    static Outcome run(Scenario scenario, Course course) {
        return new Simulation(scenario, course).run();
    }

    private Outcome run() {
        Machine first = new Machine("writer 1", 1, false);
        Scheduler.Actor before = scheduler.add(first, "", () -> true, () -> write(first, scenario.before()));
        BooleanSupplier ready = before::isOver;
        for (String program : scenario.writers()) {
            int number = main.size() + 2;
            Machine machine = new Machine("writer " + number, number, true);
            Scheduler.Actor writer = scheduler.add(machine, "", ready, () -> write(machine, program));
            main.add(writer);
            if (scenario.staggered()) {
                ready = () -> machine.hasOpened() || writer.isOver();
            }
        }
        if (scenario.looks() > 0) {
            Machine machine = new Machine("follower", 0, true);
            main.add(scheduler.add(machine, "", before::isOver, () -> follow(machine)));
        }
        Machine last = new Machine("last writer", 99, false);
        scheduler.add(
                last,
                "",
                () -> before.isOver() && main.stream().allMatch(Scheduler.Actor::isOver),
                () -> write(last, LAST));
        scheduler.run();
        return new Outcome(
                scheduler.violation(), scheduler.cause(), course.taken(), course.steps(), scheduler.events());
    }

    private Store store(Machine machine, Requests requests) {
        BucketStorage storage = new BucketStorage(bucket, new DisturbedWire(scheduler, machine, network, deletions));
        S3Settings settings = new S3Settings("", scenario.cached() ? 1 << 20 : 0, 0, TRAITS);
        return new S3Store(storage, requests, settings, Stores.context());
    }

    private void write(Machine machine, String program) {
        if (program.isEmpty()) {
            return;
        }
        Requests requests = new ScheduledRequests(scheduler, machine);
        try (Store store = store(machine, requests)) {
            new ModelWriter(machine, store, requests, history).run(program);
        } catch (IOException e) {
            judge(machine, e);
        }
    }

    /** A failure needs a cause, and none of the causes here is damage. */
    private void judge(Machine machine, IOException failure) {
        if (!machine.isHit() || failure instanceof StoreCorruptException) {
            throw scheduler.violation(machine + " failed without a cause: " + failure, failure);
        }
    }

    private void follow(Machine machine) {
        Requests requests = new ScheduledRequests(scheduler, machine);
        try (Store store = store(machine, requests)) {
            ModelFollower follower = new ModelFollower(store, history);
            for (int i = 0; i < scenario.looks(); i++) {
                long seen = bucket.changes();
                follower.look();
                scheduler.awaitUntil(() -> bucket.changes() > seen || isQuiet());
            }
        } catch (IOException e) {
            judge(machine, e);
        }
    }

    private boolean isQuiet() {
        return main.subList(0, scenario.writers().size()).stream().allMatch(Scheduler.Actor::isOver);
    }
}
