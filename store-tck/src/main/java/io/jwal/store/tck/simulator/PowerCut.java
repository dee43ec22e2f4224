package io.jwal.store.tck.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides what is left of a segment when the power goes. A sector holds what it held at the last sync, or at the end of
 * some append since, or now; a length is that of the last sync, or more. Models a disk that keeps sectors whole, below a
 * file system that keeps no order among what was not synced (Pillai et al., "All File Systems Are Not Created Equal",
 * OSDI 2014).
 */
final class PowerCut {
    static final int SECTOR = 512;

    private static final int MAX_ZEROS = 64 << 10;

    private final SplittableRandom random;
    private final boolean worst;
    private final Watermark watermark;

    private PowerCut(SplittableRandom random, boolean worst, Watermark watermark) {
        this.random = random;
        this.worst = worst;
        this.watermark = watermark;
    }

    /** Everything that is not durable is decided by chance. */
    static PowerCut seeded(long seed, Watermark watermark) {
        return new PowerCut(new SplittableRandom(seed), false, watermark);
    }

    /** Nothing that is not durable has happened. */
    static PowerCut losingAll(Watermark watermark) {
        return new PowerCut(new SplittableRandom(0), true, watermark);
    }

    /** Whether a change of the directory that nobody synced happened. */
    boolean landed() {
        return !worst && random.nextBoolean();
    }

    CrashSegment settle(CrashSegment segment) {
        int claimed = claimed(segment);
        if (segment.sealed || segment.settled) {
            return CrashSegment.settled(Arrays.copyOf(segment.bytes, segment.size), claimed, segment.sealed);
        }
        byte[] left = new byte[length(segment)];
        System.arraycopy(segment.bytes, 0, left, 0, segment.synced);
        for (int start = segment.synced; start < left.length; start = (start / SECTOR + 1) * SECTOR) {
            int sectorEnd = Math.min((start / SECTOR + 1) * SECTOR, left.length);
            int end = Math.min(sectorEnd, landedEnd(segment));
            if (end > start) {
                System.arraycopy(segment.bytes, start, left, start, end - start);
            }
        }
        return CrashSegment.settled(left, claimed, false);
    }

    private int length(CrashSegment segment) {
        if (worst) {
            return segment.synced;
        }
        long setAside = Math.min(segment.expectedBytes, (long) segment.size + MAX_ZEROS);
        int longest = (int) Math.max(segment.size, setAside);
        return switch (random.nextInt(3)) {
            case 0 -> segment.size;
            case 1 -> longest;
            default -> segment.synced + random.nextInt(longest - segment.synced + 1);
        };
    }

    /** Up to where a sector was written when it last went to the disk. */
    private int landedEnd(CrashSegment segment) {
        List<Integer> ends = segment.appendEnds;
        return switch (random.nextInt(3)) {
            case 0 -> segment.synced;
            case 1 -> segment.size;
            default -> ends.isEmpty() ? segment.synced : ends.get(random.nextInt(ends.size()));
        };
    }

    private int claimed(CrashSegment segment) {
        Watermark kind = watermark == Watermark.ANY
                ? List.of(Watermark.INTACT, Watermark.STALE, Watermark.LOST).get(random.nextInt(3))
                : watermark;
        return switch (kind) {
            case STALE ->
                segment.syncEnds.isEmpty() ? 0 : segment.syncEnds.get(random.nextInt(segment.syncEnds.size()));
            case LOST -> 0;
            default -> segment.claimed;
        };
    }
}
