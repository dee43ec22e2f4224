package io.jwal.crash;

import io.jwal.Durability;
import io.jwal.crash.CrashExplorer.Effort;
import io.jwal.damage.Quiet;
import io.jwal.store.tck.mutant.MutantTrial;
import io.jwal.store.tck.proof.ProofShare;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The power is cut everywhere and in every way, up to three times in a log's life. A failure names the seed that repeats
 * it, and the shortest script that was found to fail, which {@link CrashCase#parse} reads.
 */
@ExtendWith(Quiet.class)
@Tag("proof")
class CrashExplorationTest {
    private static final long SEEDS = Long.getLong("jwal.crash.seeds", 25);
    private static final long FIRST_SEED = Long.getLong("jwal.crash.first", 1);
    private static final int EXHAUSTIVE_EVERY = 16;
    private static final Duration SHRINKING = MutantTrial.isRunning() ? Duration.ZERO : Duration.ofSeconds(30);

    @Test
    void whatWasAcknowledgedIsThereAfterEveryCrash() throws Exception {
        explore(Durability.SYNC, 0.4);
    }

    @Test
    void whatIsDurableIsThereAfterEveryCrash() throws Exception {
        explore(Durability.INTERVAL, 0.3);
    }

    private static void explore(Durability durability, double part) throws Exception {
        ProofShare share = ProofShare.of("crashes of the engine on the file store, " + durability, part);
        share.run(FIRST_SEED, SEEDS, seed -> {
            CrashExplorer explorer = new CrashExplorer(CrashCase.byChance(durability, seed), effort(seed));
            try {
                explorer.run();
            } catch (Violation e) {
                Violation shortest = new Shrinking(SHRINKING).shrink(e);
                throw new AssertionError("-Djwal.crash.first=" + seed + ", and " + shortest.getMessage(), shortest);
            } finally {
                share.count("crash states", explorer.states());
                share.count("operations", explorer.steps());
            }
        });
    }

    private static Effort effort(long seed) {
        return ProofShare.isProof() && seed % EXHAUSTIVE_EVERY == 0 ? Effort.LARGE : Effort.SMALL;
    }
}
