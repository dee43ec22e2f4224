package io.jwal.store.file;

import java.util.Random;

/**
 * Decides what a power cut leaves of one thing that may be there in several states: a sector, a length, a change of a
 * name. It is asked only where there is a choice.
 */
@FunctionalInterface
public interface Landing {
    /**
     * Which state is left.
     *
     * @param times when each state was written, ascending; the first is the one that is known to be on the disk
     * @return the place of the state that is left
     */
    int choose(long[] times);

    /** By seed: 0 leaves what is known to be there, 1 everything, any other draws. */
    static Landing seeded(long seed) {
        if (seed == 0) {
            return times -> 0;
        }
        if (seed == 1) {
            return times -> times.length - 1;
        }
        Random random = new Random(seed);
        double newest = random.nextDouble();
        double oldest = random.nextDouble() * (1 - newest);
        return times -> {
            double dice = random.nextDouble();
            if (dice < oldest) {
                return 0;
            }
            return dice > 1 - newest ? times.length - 1 : random.nextInt(times.length);
        };
    }
}
