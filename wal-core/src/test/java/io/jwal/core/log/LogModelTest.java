package io.jwal.core.log;

import static org.assertj.core.api.Assertions.fail;

import io.jwal.Durability;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations, kills and power cuts against a plain list. A failure names the seed that repeats it. */
class LogModelTest {
    private static final long SEEDS = Long.getLong("jwal.model.seeds", 60);
    private static final long FIRST_SEED = Long.getLong("jwal.model.first", 1);
    private static final int STEPS = 120;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void behavesLikeAListAndKeepsWhatItPromised(Durability durability) {
        LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS).forEach(seed -> run(durability, false, seed));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void doesSoAlsoOnAStoreThatTakesSeveralSyncsAtOnce(Durability durability) {
        LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS).forEach(seed -> run(durability, true, seed));
    }

    private static void run(Durability durability, boolean pipelined, long seed) {
        LogModel model = new LogModel(durability, pipelined, seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.end();
        } catch (RuntimeException | AssertionError e) {
            fail("seed " + seed + ", " + durability + (pipelined ? ", pipelined" : "") + ":\n" + model.script(), e);
        }
    }
}
