package io.jwal.crash;

import io.jwal.store.file.Landing;
import io.jwal.store.file.SimulatedDisk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The disks that one power cut may leave: all of them where they are few; otherwise nothing and everything that was not
 * synced, what had been written up to some moment, everything but one thing, nothing but one thing, and others by chance.
 */
final class Landings {
    private final int most;
    private final int drawn;
    private final Random random;

    /**
     * Landings.
     *
     * @param most so many disks are few
     * @param drawn how many are drawn where there are more
     */
    Landings(int most, int drawn, Random random) {
        this.most = most;
        this.drawn = drawn;
        this.random = random;
    }

    /** What was chosen for one disk, in the order in which it was asked for. */
    private static final class Choices implements Landing {
        private final Landing first;
        private final List<Integer> chosen = new ArrayList<>();
        private final List<long[]> times = new ArrayList<>();

        Choices(Landing first) {
            this.first = first;
        }

        @Override
        public int choose(long[] states) {
            int choice = first.choose(states);
            chosen.add(choice);
            times.add(states);
            return choice;
        }

        /** How many disks there are, more or less: what is asked for depends on what was chosen. */
        double product() {
            return times.stream().mapToDouble(states -> states.length).reduce(1, (a, b) -> a * b);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < chosen.size(); i++) {
                text.append(chosen.get(i))
                        .append('/')
                        .append(times.get(i).length - 1)
                        .append(' ');
            }
            return text.toString().trim();
        }
    }

    /** Gives each disk, with a text that tells how it came about. */
    void each(SimulatedDisk disk, BiConsumer<SimulatedDisk, String> action) {
        Choices everything = new Choices(states -> states.length - 1);
        SimulatedDisk full = disk.crash(everything);
        if (everything.product() <= most) {
            all(disk, action);
        } else {
            action.accept(full, everything.toString());
            some(disk, everything, action);
        }
    }

    private static void all(SimulatedDisk disk, BiConsumer<SimulatedDisk, String> action) {
        List<Integer> path = List.of();
        while (true) {
            Choices choices = new Choices(following(path));
            action.accept(disk.crash(choices), choices.toString());
            int at = choices.chosen.size() - 1;
            while (at >= 0 && choices.chosen.get(at) == choices.times.get(at).length - 1) {
                at--;
            }
            if (at < 0) {
                return;
            }
            List<Integer> next = new ArrayList<>(choices.chosen.subList(0, at));
            next.add(choices.chosen.get(at) + 1);
            path = next;
        }
    }

    private static Landing following(List<Integer> path) {
        int[] at = {0};
        return states -> at[0] < path.size() ? path.get(at[0]++) : 0;
    }

    private void some(SimulatedDisk disk, Choices everything, BiConsumer<SimulatedDisk, String> action) {
        Set<List<Integer>> seen = new HashSet<>();
        seen.add(everything.chosen);
        for (Landing landing : candidates(everything)) {
            Choices choices = new Choices(landing);
            SimulatedDisk left = disk.crash(choices);
            if (seen.add(choices.chosen)) {
                action.accept(left, choices.toString());
            }
        }
    }

    private List<Landing> candidates(Choices everything) {
        List<Landing> landings = new ArrayList<>();
        landings.add(states -> 0);
        TreeSet<Long> moments = new TreeSet<>();
        everything.times.forEach(states -> {
            for (long time : states) {
                moments.add(time);
            }
        });
        List<Landing> special = new ArrayList<>();
        moments.forEach(moment -> special.add(upTo(moment)));
        for (int i = 0; i < everything.times.size(); i++) {
            special.add(one(i, true));
            special.add(one(i, false));
        }
        while (!special.isEmpty() && landings.size() < drawn / 2) {
            landings.add(special.remove(random.nextInt(special.size())));
        }
        while (landings.size() < drawn) {
            landings.add(Landing.seeded(2 + random.nextInt(Integer.MAX_VALUE)));
        }
        return landings;
    }

    private static Landing upTo(long moment) {
        return states -> {
            int choice = states.length - 1;
            while (choice > 0 && states[choice] > moment) {
                choice--;
            }
            return choice;
        };
    }

    /** One thing is as it was, and all others are new; or the other way about. */
    private static Landing one(int which, boolean old) {
        int[] at = {0};
        return states -> (at[0]++ == which) == old ? 0 : states.length - 1;
    }
}
