package io.jwal.store.s3.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Who runs.
 *
 * @param before what a writer has done before, alone and undisturbed, or nothing if it is empty
 * @param writers what writers do, each on a machine of its own, disturbed
 * @param looks how often a follower looks
 * @param cached whether what was read is kept in memory
 * @param staggered whether each writer begins only when the one before it has opened the log
 */
record Scenario(String before, List<String> writers, int looks, boolean cached, boolean staggered) {
    /** What a writer may do, what it does most is there most. */
    private static final String STEPS = "aaaabbwwnrrdcx";

    static Scenario of(String before, String... writers) {
        return new Scenario(before, List.of(writers), 0, true, false);
    }

    /** Any one: two or three writers that do anything, perhaps with a follower. */
    static Scenario byChance(long seed) {
        Random random = new Random(seed);
        List<String> writers = new ArrayList<>();
        for (int i = random.nextInt(2); i < 3; i++) {
            writers.add(program(random, 1 + random.nextInt(12)));
        }
        return new Scenario(
                program(random, random.nextInt(8)),
                writers,
                random.nextInt(6),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static String program(Random random, int length) {
        return random.ints(length, 0, STEPS.length())
                .mapToObj(STEPS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** The same with a follower. */
    Scenario followed(int times) {
        return new Scenario(before, writers, times, cached, staggered);
    }

    /** The same with every read a request. */
    Scenario uncached() {
        return new Scenario(before, writers, looks, false, staggered);
    }

    /** The same with each writer beginning when the one before it has opened the log. */
    Scenario oneAfterAnother() {
        return new Scenario(before, writers, looks, cached, true);
    }
}
