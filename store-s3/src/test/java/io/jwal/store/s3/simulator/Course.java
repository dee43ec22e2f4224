package io.jwal.store.s3.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Takes the choices of one run, by a plan or by chance, and remembers which there were. */
final class Course {
    /** What is chosen. */
    enum Kind {
        /** Who goes on. */
        ACTOR,
        /** What becomes of a request. */
        FAULT
    }

    /** A step at which there was a choice. */
    record Step(Kind kind, int options) {}

    private final Plan plan;
    private final boolean exact;
    private final @Nullable Chance chance;
    private final List<Step> steps = new ArrayList<>();
    private Plan taken = Plan.PLAIN;

    /**
     * How often chance takes another choice than the first.
     *
     * @param random the source
     * @param switching the probability that another actor goes on
     * @param failing the probability that something becomes of a request
     * @param faults how many requests at most
     */
    record Chance(Random random, double switching, double failing, int faults) {
        private static final double[] SWITCHING = {0.02, 0.05, 0.1, 0.3};

        /** Few or many switches, no fault or up to two. */
        static Chance of(long seed) {
            Random random = new Random(seed);
            return new Chance(random, SWITCHING[random.nextInt(SWITCHING.length)], 0.05, random.nextInt(3));
        }
    }

    private Course(Plan plan, boolean exact, @Nullable Chance chance) {
        this.plan = plan;
        this.exact = exact;
        this.chance = chance;
    }

    static Course by(Plan plan) {
        return new Course(plan, true, null);
    }

    /** By a plan that was made for another run; choices that there are not are left out. */
    static Course like(Plan plan) {
        return new Course(plan, false, null);
    }

    static Course by(Chance chance) {
        return new Course(Plan.PLAIN, true, chance);
    }

    /** A choice from 0, which is the plain one, up to below the number of options. */
    int choose(Kind kind, int options) {
        if (options == 1) {
            return 0;
        }
        int step = steps.size();
        steps.add(new Step(kind, options));
        int choice = chance == null ? plan.choices().getOrDefault(step, 0) : byChance(chance, kind, options);
        if (choice >= options && !exact) {
            return 0;
        }
        if (choice >= options) {
            throw new IllegalStateException(
                    "the run does not follow its plan: at step " + step + " there are only " + options + " choices");
        }
        if (choice > 0) {
            taken = taken.with(step, choice);
        }
        return choice;
    }

    private int byChance(Chance by, Kind kind, int options) {
        double probability = kind == Kind.ACTOR ? by.switching() : by.failing();
        if (by.random().nextDouble() >= probability) {
            return 0;
        }
        if (kind == Kind.FAULT
                && taken.choices().keySet().stream()
                                .filter(step -> steps.get(step).kind() == Kind.FAULT)
                                .count()
                        >= by.faults()) {
            return 0;
        }
        return 1 + by.random().nextInt(options - 1);
    }

    /** All steps so far at which there was a choice. */
    List<Step> steps() {
        return steps;
    }

    /** The plan that makes the same run. */
    Plan taken() {
        return taken;
    }
}
