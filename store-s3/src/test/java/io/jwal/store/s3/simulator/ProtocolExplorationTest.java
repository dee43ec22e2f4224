package io.jwal.store.s3.simulator;

import io.jwal.store.tck.proof.ProofShare;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Writers and followers on one bucket, in every order and with every loss, up to a bound; beyond it by chance. What must
 * hold of each run says {@link History}, {@link Deletions} and {@link Simulation}. A run that fails says how to replay it.
 */
@Tag("proof")
class ProtocolExplorationTest {
    private static final int CHOICES = Integer.getInteger("jwal.explore.choices", 2);
    private static final int FAULTS = Integer.getInteger("jwal.explore.faults", 1);
    private static final int RUNS = Integer.getInteger("jwal.explore.runs", 1_000);
    private static final long SEED = Long.getLong("jwal.explore.seed", 1);

    @Test
    void everyRunOfTwoWritersOnANewLog() {
        explore(Scenario.of("", "aw", "aw"), runs -> runs.all(CHOICES, FAULTS));
    }

    @Test
    void everyRunOfAWriterThatIsReplacedWhileItRolls() {
        explore(Scenario.of("aw", "aarw", "awc"), runs -> runs.all(CHOICES, Math.max(0, FAULTS - 1)));
    }

    @Test
    void everyRunOfAFollower() {
        explore(Scenario.of("aw", "arw").followed(2), runs -> runs.all(CHOICES, Math.max(0, FAULTS - 1)));
    }

    @Test
    void aTakeoverByChance() {
        explore(Scenario.of("", "aaaaaaw", "w").oneAfterAnother(), this::byChance);
    }

    @Test
    void twoWritersByChance() {
        explore(Scenario.of("", "aanarawc", "aawcaa").followed(4).uncached(), this::byChance);
    }

    @Test
    void takeoversByChance() {
        explore(Scenario.of("baawraaw", "aanaarabwdcx", "aaawcnrbd", "aacawrx").followed(6), this::byChance);
    }

    @Test
    void takeoversByChanceWithNothingKeptInMemory() {
        explore(Scenario.of("awraaw", "aabnawrdcx", "aawrdac").followed(6).uncached(), this::byChance);
    }

    @Test
    void segmentsUploadedInPiecesByChance() {
        explore(Scenario.of("", "bbarw", "bbbrbarw").followed(2), this::byChance);
    }

    @Test
    void anyScenarioByChance() throws Exception {
        ProofShare share = ProofShare.of("the protocol on S3, any scenario", 0.07);
        share.run(SEED, RUNS, seed -> {
            Exploration runs = new Exploration(Scenario.byChance(seed));
            runs.byChance(seed, 1);
            share.count("runs", runs.runs());
            share.count("requests and answers", runs.events());
        });
    }

    private void byChance(Exploration runs) {
        runs.byChance(SEED, RUNS);
    }

    private static void explore(Scenario scenario, Consumer<Exploration> how) {
        Exploration runs = new Exploration(scenario);
        long start = System.nanoTime();
        how.accept(runs);
        System.out.println(scenario + ": " + runs.effort() + ", " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
