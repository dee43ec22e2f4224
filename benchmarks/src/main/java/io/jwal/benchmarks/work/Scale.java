package io.jwal.benchmarks.work;

import java.time.Duration;

/** How much is done. */
public enum Scale {
    /** To see that everything runs; the figures mean nothing. */
    TINY(1, Duration.ofMillis(50), Duration.ofMillis(100), 50),

    /** All rows within ten minutes: no loop device, and logs of 2,000,000 entries and more of JWal alone. */
    QUICK(3, Duration.ofMillis(250), Duration.ofMillis(400), 1),

    /** What is published. */
    FULL(3, Duration.ofMillis(2000), Duration.ofMillis(1500), 1);

    private static final int LARGE = 2_000_000;

    private final int rounds;
    private final Duration warmUp;
    private final Duration measured;
    private final int divisor;

    Scale(int rounds, Duration warmUp, Duration measured, int divisor) {
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.measured = measured;
        this.divisor = divisor;
    }

    /** How often each peer has its turn. */
    public int rounds() {
        return rounds;
    }

    /** How long a work that counts what it gets done runs before the clock starts. */
    public Duration warmUp() {
        return warmUp;
    }

    /** How long such a work is measured. */
    public Duration measured() {
        return measured;
    }

    /** Whether other peers than JWal fill logs as large as that. */
    public boolean affords(int entries) {
        return this != QUICK || entries < LARGE;
    }

    /** Whether the rows that sync are measured on a loop device, too. */
    public boolean affordsLoopDevice() {
        return this != QUICK;
    }

    /** How many entries, of the number that a row names. */
    public int entries(int named) {
        return named / divisor;
    }
}
