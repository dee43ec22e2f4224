package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.s3.TakeoverRound.Outcome;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.FaultPlan;
import io.jwal.s3.servers.FaultProxy;
import io.jwal.s3.servers.RealS3;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.tck.proof.ProofShare;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** Whatever writers that replace each other meet, what was acknowledged is there, in order, once. */
@Timeout(value = 5, unit = TimeUnit.HOURS)
class TakeoverRoundsTest {
    private static final int ROUNDS = Integer.getInteger("jwal.s3.rounds", 12);
    private static final long SEED = Long.getLong("jwal.s3.seed", 1);

    /** Rounds wait most of the time, so several are played at once, also in the proof. */
    private static final int AT_ONCE = 4;

    @Test
    @Tag("proof")
    void onTheFake() throws Exception {
        play("a fake one", 0.02, seed -> {
            try (FakeS3 server = FakeS3.start()) {
                server.createBucket("rounds");
                return round(seed, server, server.faults(), "rounds");
            }
        });
    }

    @Test
    void onARealServer() throws Exception {
        S3Server real = RealS3.server();
        String bucket = real.newBucketName(getClass());
        try (S3Client client = S3Logs.client(real)) {
            client.createBucket(request -> request.bucket(bucket));
        }
        play(real.name(), 0, seed -> {
            try (FaultProxy proxy = FaultProxy.before(real)) {
                return round(seed, proxy, proxy.faults(), bucket);
            }
        });
    }

    private interface Round {
        Outcome play(long seed) throws IOException;
    }

    private static Outcome round(long seed, S3Server server, FaultPlan plan, String bucket) {
        TakeoverRound round = new TakeoverRound(RoundScript.of(seed), server, plan, bucket);
        Outcome outcome = round.run();
        assertThat(outcome.violations())
                .as("-Djwal.s3.seed=%d: %s", seed, round)
                .isEmpty();
        return outcome;
    }

    private static void play(String server, double part, Round round) throws Exception {
        long started = System.nanoTime();
        AtomicReference<Outcome> all = new AtomicReference<>(Outcome.NOTHING);
        ProofShare share = ProofShare.of("takeovers on S3, " + server, part).atOnce(AT_ONCE);
        share.run(SEED, ROUNDS, seed -> {
            Outcome outcome = round.play(seed);
            all.accumulateAndGet(outcome, Outcome::plus);
            share.count("rounds of takeovers", 1);
            share.count("entries acknowledged and found", outcome.acknowledged());
            share.count("writers fenced", outcome.fenced());
            share.count("faults", outcome.injected());
        });
        Outcome sum = all.get();
        System.out.printf(
                "%s: from seed %d in %d s: %d entries acknowledged and found, %d writers fenced, %d ended by faults,"
                        + " %d paused, %d faults injected%n",
                server,
                SEED,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started),
                sum.acknowledged(),
                sum.fenced(),
                sum.failed(),
                sum.paused(),
                sum.injected());
        assertThat(sum.acknowledged()).isPositive();
        assertThat(sum.fenced()).isPositive();
    }
}
