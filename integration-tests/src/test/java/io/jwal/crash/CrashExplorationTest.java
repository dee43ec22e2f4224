package io.jwal.crash;

import io.jwal.Durability;
import io.jwal.crash.CrashExplorer.Effort;
import io.jwal.damage.Quiet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The power is cut everywhere and in every way, up to three times in a log's life. A failure names the seed that repeats
 * it, and the shortest script that was found to fail, which {@link CrashCase#parse} reads.
 */
@ExtendWith(Quiet.class)
class CrashExplorationTest {
    private static final long SEEDS = Long.getLong("jwal.crash.seeds", 25);
    private static final long FIRST_SEED = Long.getLong("jwal.crash.first", 1);
    private static final Duration SHRINKING = Duration.ofSeconds(Long.getLong("jwal.crash.shrinking", 30));

    @Test
    void whatWasAcknowledgedIsThereAfterEveryCrash() {
        explore(Durability.SYNC);
    }

    @Test
    void whatIsDurableIsThereAfterEveryCrash() {
        explore(Durability.INTERVAL);
    }

    private static void explore(Durability durability) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                new CrashExplorer(CrashCase.byChance(durability, seed), Effort.SMALL).run();
            } catch (Violation e) {
                Violation shortest = new Shrinking(SHRINKING).shrink(e);
                throw new AssertionError("-Djwal.crash.first=" + seed + ", and " + shortest.getMessage(), shortest);
            }
        }
    }
}
