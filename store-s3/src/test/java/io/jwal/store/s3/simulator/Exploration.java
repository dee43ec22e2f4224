package io.jwal.store.s3.simulator;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs a scenario again and again, each time otherwise: all runs that differ from the plain one in a few choices, or runs
 * by chance. Stops at the first run that is not as it must be, and says how to replay it.
 */
final class Exploration {
    private final Scenario scenario;
    private long runs;
    private long events;

    Exploration(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * All runs that differ in up to so many choices.
     *
     * @param choices how often another actor than the plain one goes on, or something happens to a request
     * @param faults how many of them may be of the latter kind
     */
    void all(int choices, int faults) {
        extend(Plan.PLAIN, choices, faults);
    }

    private void extend(Plan plan, int choices, int faults) {
        List<Course.Step> steps = run(Course.by(plan)).steps();
        for (int step = plan.lastStep() + 1; choices > 0 && step < steps.size(); step++) {
            int fault = steps.get(step).kind() == Course.Kind.FAULT ? 1 : 0;
            for (int choice = 1; fault <= faults && choice < steps.get(step).options(); choice++) {
                extend(plan.with(step, choice), choices - 1, faults - fault);
            }
        }
    }

    /** Runs by chance, as many as there are seeds. */
    void byChance(long firstSeed, long seeds) {
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            run(Course.by(Course.Chance.of(seed)));
        }
    }

    long runs() {
        return runs;
    }

    /** How many requests and answers there were. */
    long events() {
        return events;
    }

    /** How many runs there were, and how many requests and answers in them. */
    String effort() {
        return runs + " runs, " + events + " events";
    }

    private Simulation.Outcome run(Course course) {
        Simulation.Outcome outcome = Simulation.run(scenario, course);
        runs++;
        events += outcome.events().size();
        if (outcome.violation() != null) {
            throw failure(shortest(outcome));
        }
        return outcome;
    }

    /** Leaves out what the violation does not need. */
    private Simulation.Outcome shortest(Simulation.Outcome found) {
        for (int step : found.plan().choices().keySet()) {
            Simulation.Outcome shorter =
                    Simulation.run(scenario, Course.like(found.plan().without(step)));
            if (shorter.violation() != null) {
                return shortest(shorter);
            }
        }
        return found;
    }

    private AssertionError failure(Simulation.Outcome outcome) {
        String events = outcome.events().stream().map(event -> "\n  " + event).collect(Collectors.joining());
        return new AssertionError(
                outcome.violation() + ", in run " + runs + "\nReplay it: new Exploration(" + scenario + ").replay(\""
                        + outcome.plan() + "\")" + events,
                outcome.cause());
    }

    /** The run of a plan. */
    void replay(String plan) {
        run(Course.by(Plan.parse(plan)));
    }
}
