package io.jwal.store.s3.simulator;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a run differs from the one in which every actor goes on as long as it can and nothing fails: at which steps another
 * choice than the first is taken. Its text is all that it takes to replay the run.
 *
 * @param choices the choice, from 1 up, by step
 */
record Plan(NavigableMap<Integer, Integer> choices) {
    static final Plan PLAIN = new Plan(new TreeMap<>());

    /** The same with one more choice. */
    Plan with(int step, int choice) {
        TreeMap<Integer, Integer> more = new TreeMap<>(choices);
        more.put(step, choice);
        return new Plan(more);
    }

    /** The same without one of its choices. */
    Plan without(int step) {
        TreeMap<Integer, Integer> fewer = new TreeMap<>(choices);
        fewer.remove(step);
        return new Plan(fewer);
    }

    /** The step of the last choice, or -1. */
    int lastStep() {
        return choices.isEmpty() ? -1 : choices.lastKey();
    }

    /** Reads what {@link #toString} wrote. */
    static Plan parse(String text) {
        TreeMap<Integer, Integer> choices = new TreeMap<>();
        Arrays.stream(text.split(" ")).filter(choice -> !choice.isEmpty()).forEach(choice -> {
            int colon = choice.indexOf(':');
            choices.put(Integer.valueOf(choice.substring(0, colon)), Integer.valueOf(choice.substring(colon + 1)));
        });
        return new Plan(choices);
    }

    @Override
    public String toString() {
        return choices.entrySet().stream()
                .map(choice -> choice.getKey() + ":" + choice.getValue())
                .collect(Collectors.joining(" "));
    }
}
