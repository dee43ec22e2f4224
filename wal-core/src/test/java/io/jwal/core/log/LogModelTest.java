package io.jwal.core.log;

import static org.assertj.core.api.Assertions.fail;

import io.jwal.Durability;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.tck.simulator.LogMedium;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations, kills and power cuts against a plain list. A failure names the seed that repeats it. */
@ExtendWith(LogMediaResolver.class)
class LogModelTest {
    private static final long SEEDS = Long.getLong("jwal.model.seeds", 60);
    private static final long FIRST_SEED = Long.getLong("jwal.model.first", 1);
    private static final int STEPS = 120;

    private final LogMedia media;

    LogModelTest(LogMedia media) {
        this.media = media;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void behavesLikeAListAndKeepsWhatItPromised(Durability durability) {
        media.runs(SEEDS, durability.ordinal()).forEach(run -> run(durability, false, FIRST_SEED + run - 1));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void doesSoAlsoOnAStoreThatTakesSeveralSyncsAtOnce(Durability durability) {
        media.runs(SEEDS, durability.ordinal()).forEach(run -> run(durability, true, FIRST_SEED + run - 1));
    }

    private void run(Durability durability, boolean pipelined, long seed) {
        LogMedium medium = media.next();
        LogModel model = new LogModel(medium, durability, pipelined, seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.end();
        } catch (RuntimeException | AssertionError e) {
            fail("seed " + seed + ", " + durability + (pipelined ? ", pipelined" : "") + ":\n" + model.script(), e);
        }
        media.end(medium);
    }
}
