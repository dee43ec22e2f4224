package io.jwal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.tck.proof.ProofShare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A writer is killed at a random moment, again and again: what it had acknowledged is there, and besides that at most
 * whole appends that it had begun. {@code -Djwal.kill.rounds=200} for longer, {@code -Djwal.kill.seed} for another run.
 */
@Tag("proof")
class KillTest {
    private static final int ROUNDS = Integer.getInteger("jwal.kill.rounds", 20);
    private static final long SEED = Long.getLong("jwal.kill.seed", 1);
    private static final int MOST_LINES = 500;
    private static final int MOST_NANOS = 20_000_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void whatAKilledWriterAcknowledgedIsThere(KilledWriter.Work work) throws Exception {
        int rounds = Math.max(1, ROUNDS / KilledWriter.Work.values().length);
        Random random = new Random(SEED + work.ordinal());
        Witness witness = new Witness();
        Path log = directory.resolve("log");
        ProofShare share = ProofShare.of("killed processes, " + work, 0.01);
        share.atOnce(1).run(1, rounds, round -> {
            killOne(log, work, witness, random);
            share.count("kills", 1);
        });
        try (Wal wal = JWal.open(KilledWriter.config(log, work.durability))) {
            hearAll(wal, witness);
        }

        System.out.printf(
                "%s: %d entries acknowledged and found, %d more survived%n",
                work, witness.acknowledged(), witness.unpromisedSurvivors());
        assertThat(witness.acknowledged()).isPositive();
    }

    /** Now and then in the middle of opening, else in the middle of writing. */
    private static void killOne(Path log, KilledWriter.Work work, Witness witness, Random random) throws Exception {
        boolean early = random.nextInt(5) == 0;
        int lines = random.nextInt(MOST_LINES);
        try (ChildJvm writer = ChildJvm.start(KilledWriter.class, log, work, witness.nextAttempt())) {
            String line;
            boolean ready = false;
            while ((line = writer.line()) != null) {
                witness.hear(line);
                ready |= line.equals("READY");
                if (early || ready && lines-- == 0) {
                    spin(random.nextInt(early ? MOST_NANOS : MOST_NANOS / 10));
                    writer.kill();
                    early = false;
                    lines = Integer.MAX_VALUE;
                }
            }
        }
    }

    /** A moment too short for anything that waits. */
    private static void spin(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void hearAll(Wal wal, Witness witness) throws IOException {
        witness.hear("OPENING");
        witness.hear("FIRST " + wal.firstIndex());
        for (long index = wal.firstIndex(); index <= wal.lastIndex(); index++) {
            Payload payload = Payload.of(wal.read(index));
            witness.hear("HAS " + index + " " + payload.attempt() + " " + payload.part());
        }
        witness.hear("READY");
    }
}
