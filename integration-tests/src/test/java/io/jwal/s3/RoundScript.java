package io.jwal.s3;

import static io.jwal.s3.servers.S3Operation.DELETE;
import static io.jwal.s3.servers.S3Operation.DELETE_MANY;
import static io.jwal.s3.servers.S3Operation.GET;
import static io.jwal.s3.servers.S3Operation.LIST;
import static io.jwal.s3.servers.S3Operation.MULTIPART_LIST;
import static io.jwal.s3.servers.S3Operation.PUT;

import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultPlan;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.Gate;
import io.jwal.s3.servers.S3Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What goes on in a round; all of it follows from the seed.
 *
 * @param seed of everything
 * @param segmentBytes how large segments get
 * @param largestEntry how large entries get
 * @param inFlight how many commits a writer has under way
 * @param attempt how long the writers wait for an answer; less than some delays, so that requests arrive late
 * @param zombie where the first writer is paused
 * @param opener where the second is, while it opens the log
 * @param zombieFirst which of them is woken first
 * @param thirdCloses whether the third writer closes the log before they are woken
 * @param fourth whether a fourth takes over from the third meanwhile
 * @param faults what goes wrong besides
 */
record RoundScript(
        long seed,
        int segmentBytes,
        int largestEntry,
        int inFlight,
        Duration attempt,
        Pause zombie,
        Pause opener,
        boolean zombieFirst,
        boolean thirdCloses,
        boolean fourth,
        List<Planned> faults) {
    private static final int MOST_FAULTS = 6;
    private static final Duration HASTY = Duration.ofMillis(250);
    private static final Duration PATIENT = Duration.ofSeconds(5);

    /** A request that is held. */
    enum Pause {
        PART(PUT, "segments/.*part", false),
        PART_STORED(PUT, "segments/.*part", true),
        SEAL(PUT, "segments/.*seg", false),
        SEALED(PUT, "segments/.*seg", true),
        MANIFEST(PUT, "registers/manifest", false),
        MANIFEST_WRITTEN(PUT, "registers/manifest", true),
        STATE(PUT, "registers/state", false),
        CLEAN_UP(DELETE_MANY, "", false),
        FENCED(GET, "segments/.*seg", false),
        SCAN(GET, "segments/.*part", false);

        static final List<Pause> OF_WRITER =
                List.of(PART, PART, PART_STORED, SEAL, SEALED, MANIFEST, MANIFEST_WRITTEN, CLEAN_UP);
        static final List<Pause> OF_OPENER =
                List.of(FENCED, FENCED, FENCED, SCAN, PART, PART_STORED, MANIFEST, MANIFEST_WRITTEN, STATE);

        private final S3Operation operation;
        private final String key;
        private final boolean answered;

        Pause(S3Operation operation, String key, boolean answered) {
            this.operation = operation;
            this.key = key;
            this.answered = answered;
        }

        Gate in(FaultPlan plan, String prefix) {
            FaultRule rule = FaultRule.on(operation).key(key.isEmpty() ? ".*" : prefix + key);
            return answered ? plan.holdAnswer(rule) : plan.hold(rule);
        }
    }

    /**
     * Something that goes wrong.
     *
     * @param operations with which requests
     * @param nth with which of them first
     * @param likelihood how likely with later ones; 0 for never
     * @param fault what
     */
    record Planned(List<S3Operation> operations, int nth, double likelihood, Fault fault) {
        void in(FaultPlan plan, String prefix, long seed) {
            FaultRule rule =
                    FaultRule.on(operations.toArray(S3Operation[]::new)).key("(" + prefix + ".*)?");
            plan.add(likelihood > 0 ? rule.sometimes(likelihood, seed) : rule.nth(nth), fault);
        }
    }

    /** Whether writers wait long enough for any answer. */
    boolean isPatient() {
        return attempt.compareTo(HASTY) > 0;
    }

    static RoundScript of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Planned> faults = new ArrayList<>();
        for (int i = random.nextInt(MOST_FAULTS + 1); i > 0; i--) {
            faults.add(planned(random));
        }
        return new RoundScript(
                seed,
                4096 << random.nextInt(2),
                10 + random.nextInt(900),
                1 + random.nextInt(4),
                random.nextInt(4) == 0 ? HASTY : PATIENT,
                one(random, Pause.OF_WRITER),
                one(random, Pause.OF_OPENER),
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextBoolean(),
                List.copyOf(faults));
    }

    private static <T> T one(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Planned planned(SplittableRandom random) {
        List<S3Operation> any = List.of(PUT, GET, LIST, DELETE, DELETE_MANY, MULTIPART_LIST);
        List<S3Operation> put = List.of(PUT);
        List<S3Operation> read = List.of(GET, LIST);
        int nth = 1 + random.nextInt(30);
        double often = random.nextInt(3) == 0 ? 0.03 + random.nextInt(10) / 100.0 : 0;
        return switch (random.nextInt(13)) {
            case 0, 1 -> new Planned(put, nth, often, Fault.dropAnswer());
            case 2 -> new Planned(any, nth, often, Fault.dropRequest());
            case 3 -> new Planned(any, nth, often, Fault.dropAnswer());
            case 4 -> new Planned(put, nth, 0, Fault.answer(409, "ConditionalRequestConflict"));
            case 5 -> new Planned(put, nth, 0, Fault.answerAfter(412, "PreconditionFailed"));
            case 6 -> new Planned(put, nth, 0, Fault.answer(412, "PreconditionFailed"));
            case 7 -> new Planned(any, nth, often, Fault.answer(500, "InternalError"));
            case 8 -> new Planned(put, nth, often, Fault.answerAfter(500, "InternalError"));
            case 9 -> new Planned(any, nth, 0, Fault.answer(503, "SlowDown"));
            case 10 -> new Planned(any, nth, often, Fault.delay(Duration.ofMillis(1 + random.nextInt(300))));
            case 11 -> new Planned(read, nth, often, Fault.cutBody(random.nextInt(200)));
            default -> new Planned(put, nth, 0, Fault.reorder());
        };
    }
}
