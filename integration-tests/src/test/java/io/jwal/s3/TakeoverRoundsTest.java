package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.FaultPlan;
import io.jwal.s3.servers.FaultProxy;
import io.jwal.s3.servers.RealS3;
import io.jwal.s3.servers.S3Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** Whatever writers that replace each other meet, what was acknowledged is there, in order, once. */
@Timeout(value = 5, unit = TimeUnit.HOURS)
class TakeoverRoundsTest {
    private static final int ROUNDS = Integer.getInteger("jwal.s3.rounds", 12);
    private static final long SEED = Long.getLong("jwal.s3.seed", 1);

    /** Rounds wait most of the time, so several are played at once. */
    private static final int LANES = 4;

    private final AtomicLong next = new AtomicLong(SEED);
    private final AtomicLong injected = new AtomicLong();

    @Test
    void onTheFake() throws Exception {
        play("a fake S3", () -> {
            try (FakeS3 server = FakeS3.start()) {
                server.createBucket("rounds");
                return lane(server, server.faults(), "rounds");
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
        play(real.name(), () -> {
            try (FaultProxy proxy = FaultProxy.before(real)) {
                return lane(proxy, proxy.faults(), bucket);
            }
        });
    }

    private interface Lane {
        List<TakeoverRound.Outcome> play() throws IOException;
    }

    /** One round after the other, each with the next seed. */
    private List<TakeoverRound.Outcome> lane(S3Server server, FaultPlan plan, String bucket) {
        List<TakeoverRound.Outcome> outcomes = new ArrayList<>();
        for (long seed = next.getAndIncrement(); seed < SEED + ROUNDS; seed = next.getAndIncrement()) {
            TakeoverRound round = new TakeoverRound(RoundScript.of(seed), server, plan, bucket);
            TakeoverRound.Outcome outcome = round.run();
            assertThat(outcome.violations())
                    .as("-Djwal.s3.seed=%d: %s", seed, round)
                    .isEmpty();
            outcomes.add(outcome);
        }
        injected.addAndGet(plan.injected());
        return outcomes;
    }

    private void play(String server, Lane lane) throws Exception {
        long started = System.nanoTime();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<TakeoverRound.Outcome> outcomes = new ArrayList<>();
        try {
            List<Future<List<TakeoverRound.Outcome>>> playing = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                playing.add(lanes.submit(lane::play));
            }
            for (Future<List<TakeoverRound.Outcome>> played : playing) {
                outcomes.addAll(played.get());
            }
        } finally {
            lanes.shutdown();
        }
        TakeoverRound.Outcome sum =
                outcomes.stream().reduce(TakeoverRound.Outcome.NOTHING, TakeoverRound.Outcome::plus);
        System.out.printf(
                "%s: %d rounds from seed %d in %d s: %d entries acknowledged and found, %d writers fenced, %d ended by"
                        + " faults, %d paused, %d faults injected%n",
                server,
                outcomes.size(),
                SEED,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started),
                sum.acknowledged(),
                sum.fenced(),
                sum.failed(),
                sum.paused(),
                injected.get());
        assertThat(outcomes).hasSize(ROUNDS);
        assertThat(sum.acknowledged()).isPositive();
        assertThat(sum.fenced()).isPositive();
    }
}
