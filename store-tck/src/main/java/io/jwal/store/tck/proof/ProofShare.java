package io.jwal.store.tck.proof;

import io.jwal.store.tck.mutant.MutantTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One explorer's share of the proof. In the build it makes a few rounds. In the proof ({@code mvn verify -Pproof}) it
 * goes on for its part of the time, on every core, and writes down what it did.
 */
public final class ProofShare {
    private static final double MINUTES =
            MutantTrial.isRunning() ? 0 : Double.parseDouble(System.getProperty("jwal.proof.minutes", "0"));

    private final ProofRecord record;
    private final double part;
    private int workers = isProof() ? Runtime.getRuntime().availableProcessors() : 1;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** One round. */
    @FunctionalInterface
    public interface Round {
        /**
         * Explores by a seed.
         *
         * @param seed the seed
         * @throws Exception if something is found that may not be
         */
        void run(long seed) throws Exception;
    }

    private ProofShare(String name, double part) {
        this.record = new ProofRecord(name);
        this.part = part;
    }

    /**
     * A share.
     *
     * @param name what is explored
     * @param part of the proof's time, from 0 to 1
     * @return the share
     */
    public static ProofShare of(String name, double part) {
        return new ProofShare(name, part);
    }

    /**
     * Whether this is the proof, and not the build.
     *
     * @return whether it is
     */
    public static boolean isProof() {
        return MINUTES > 0;
    }

    /**
     * Makes so many rounds at once, in the proof and in the build. Without it there is one for every core in the proof,
     * and one after the other in the build.
     *
     * @param rounds how many: 1 for rounds that disturb each other, more than there are cores for those that wait a lot
     * @return this
     */
    public ProofShare atOnce(int rounds) {
        workers = rounds;
        return this;
    }

    /**
     * Adds to a figure.
     *
     * @param what what is counted
     * @param many how many more
     */
    public void count(String what, long many) {
        record.count(what, many);
    }

    /**
     * Makes rounds until the share is used up or one fails.
     *
     * @param first the seed of the first round; each has the next one
     * @param rounds how many there are in the build
     * @param round what is done in each
     * @throws Exception what the first round that failed has thrown
     */
    public void run(long first, long rounds, Round round) throws Exception {
        AtomicLong seeds = new AtomicLong(first);
        long end = System.nanoTime()
                + (long) (part * MINUTES * Duration.ofMinutes(1).toNanos());
        AtomicLong made = new AtomicLong(first - 1);
        Runnable worker = () -> {
            while (failure.get() == null) {
                long seed = seeds.getAndIncrement();
                if (isProof() ? System.nanoTime() >= end : seed >= first + rounds) {
                    return;
                }
                one(seed, round);
                made.accumulateAndGet(seed, Math::max);
            }
        };
        if (workers == 1) {
            worker.run();
        } else {
            together(worker);
        }
        record.seeds(first, made.get());
        end();
    }

    private void together(Runnable worker) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(worker);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void one(long seed, Round round) {
        try {
            round.run(seed);
        } catch (Exception | Error e) {
            if (failure.compareAndSet(null, e)) {
                record.violation("seed " + seed + ": " + e);
            }
        }
    }

    private void end() throws Exception {
        record.write();
        @Nullable Throwable found = failure.get();
        if (found instanceof Exception exception) {
            throw exception;
        } else if (found instanceof Error error) {
            throw error;
        }
    }
}
