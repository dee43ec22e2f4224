package io.jwal.crash;

import io.jwal.Durability;
import io.jwal.core.WalConfig;
import io.jwal.core.WalConfig.Retention;
import io.jwal.store.ByteSize;
import io.jwal.store.Store;
import io.jwal.store.file.SimulatedDisk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A log, and what is done with it in each of its lives, which end with a crash. As text it is, for example,
 * {@code SYNC zeroed 7: a100 a20,30 | b500}.
 *
 * @param durability when appends return
 * @param zeroed whether space is set aside with zeros
 * @param seed decides what is drawn: ways to leave the disk, and which of them are gone on from
 * @param lives the steps of each life
 */
record CrashCase(Durability durability, boolean zeroed, long seed, List<List<Step>> lives) {
    private static final int MAX_LIVES = 3;
    private static final int FIRST_STEPS = 12;
    private static final int MAX_STEPS = 7;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    /** Looking for stores takes longer than opening one. */
    private static final WalConfig CONFIG = WalConfig.builder()
            .store(new SimulatedDisk().store(false))
            .segmentSize(ByteSize.ofKibibytes(4))
            .maxEntry(ByteSize.ofKibibytes(4))
            .maxBatch(ByteSize.ofKibibytes(16))
            .commitMaxBytes(ByteSize.ofKibibytes(16))
            .commitMaxDelay(Duration.ZERO)
            .cacheBytes(ByteSize.ofMebibytes(1))
            .durabilityInterval(Duration.ofHours(1))
            .retention(new Retention(Duration.ofDays(1), ByteSize.ofKibibytes(6), false))
            .clock(CLOCK)
            .build();

    static CrashCase byChance(Durability durability, long seed) {
        Random random = new Random(seed);
        List<List<Step>> lives = new ArrayList<>();
        for (int i = 0; i < MAX_LIVES; i++) {
            List<Step> steps = new ArrayList<>();
            int count = 1 + random.nextInt(i == 0 ? FIRST_STEPS : MAX_STEPS);
            for (int j = 0; j < count; j++) {
                steps.add(Step.byChance(random, durability));
            }
            lives.add(steps);
        }
        return new CrashCase(durability, random.nextInt(3) == 0, seed, lives);
    }

    static CrashCase parse(String text) {
        String[] parts = text.split(":", 2);
        List<String> how = List.of(parts[0].trim().split(" +"));
        List<List<Step>> lives = new ArrayList<>();
        for (String life : parts[1].split("\\|")) {
            lives.add(Arrays.stream(life.trim().split(" +"))
                    .filter(step -> !step.isEmpty())
                    .map(Step::parse)
                    .toList());
        }
        return new CrashCase(
                Durability.valueOf(how.get(0)), how.contains("zeroed"), Long.parseLong(how.get(how.size() - 1)), lives);
    }

    WalConfig config(Store store) {
        return CONFIG.toBuilder().store(store).durability(durability).build();
    }

    /** The same without one of its steps, for each of them; and without its first life. */
    List<CrashCase> smaller() {
        List<CrashCase> smaller = new ArrayList<>();
        for (int life = 0; life < lives.size(); life++) {
            if (lives.size() > 1) {
                List<List<Step>> fewer = new ArrayList<>(lives);
                fewer.remove(life);
                smaller.add(new CrashCase(durability, zeroed, seed, fewer));
            }
        }
        for (int life = 0; life < lives.size(); life++) {
            for (int step = 0; step < lives.get(life).size(); step++) {
                List<Step> steps = new ArrayList<>(lives.get(life));
                steps.remove(step);
                List<List<Step>> changed = new ArrayList<>(lives);
                changed.set(life, steps);
                smaller.add(new CrashCase(durability, zeroed, seed, changed));
            }
        }
        return smaller;
    }

    @Override
    public String toString() {
        return durability + (zeroed ? " zeroed " : " ") + seed + ": "
                + lives.stream()
                        .map(life -> life.stream().map(Step::toString).collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(" | "));
    }
}
