package io.jwal.core.log;

import io.jwal.Durability;
import io.jwal.store.tck.simulator.LogMedium;

/** What {@code LogModelTest} does once, for other media: random operations against a plain list. */
public final class ModelRun {
    /** How many operations there are in one. */
    public static final int STEPS = 120;

    private ModelRun() {}

    /** Makes one by a seed, which also decides the durability, and closes the medium; throws what is wrong, with the script. */
    public static void on(LogMedium medium, long seed) {
        Durability durability = Durability.values()[(int) (seed % Durability.values().length)];
        boolean pipelined = seed % 2 == 0;
        LogModel model = new LogModel(medium, durability, pipelined, seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.end();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "-Djwal.model.first=" + seed + ", " + durability + (pipelined ? ", pipelined" : "") + ":\n"
                            + model.script() + "\n" + e,
                    e);
        }
        medium.close();
    }
}
