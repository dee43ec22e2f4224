package io.jwal.store.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The bytes of a simulated file: for every sector all contents that a crash may leave on the disk, the oldest of them
 * known to be there, the newest in the cache; the same for the length.
 */
final class SimulatedNode {
    static final int SECTOR = 512;

    /** The arrays never change, so that disks may share them. */
    private final List<List<byte[]>> sectors = new ArrayList<>();

    private List<Long> lengths = new ArrayList<>(List.of(0L));

    /** Sectors whose last write was lost by a failed sync: a later sync says nothing about them. */
    private final Set<Integer> doomed = new HashSet<>();

    private boolean lengthDoomed;
    private boolean syncFailed;
    private long mapped;

    long length() {
        return lengths.get(lengths.size() - 1);
    }

    boolean syncFailed() {
        return syncFailed;
    }

    void map(long end) {
        if (end > length()) {
            throw new AssertionError("maps " + end + " bytes of a file of " + length());
        }
        mapped = Math.max(mapped, end);
    }

    void read(long position, byte[] target, int offset, int length) {
        for (int i = 0; i < length; i++) {
            long at = position + i;
            target[offset + i] = newest((int) (at / SECTOR))[(int) (at % SECTOR)];
        }
    }

    void write(long position, byte[] source, int offset, int length) {
        for (int done = 0; done < length; ) {
            int sector = (int) ((position + done) / SECTOR);
            int within = (int) ((position + done) % SECTOR);
            int some = Math.min(length - done, SECTOR - within);
            byte[] next = newest(sector).clone();
            System.arraycopy(source, offset + done, next, within, some);
            put(sector, next);
            done += some;
        }
        if (length > 0 && position + length > length()) {
            setLength(position + length);
        }
    }

    void truncate(long length) {
        if (length < mapped) {
            throw new AssertionError("cuts a file to " + length + " bytes of which " + mapped + " are mapped");
        }
        for (int sector = (int) (length / SECTOR); sector < sectors.size(); sector++) {
            byte[] next = newest(sector).clone();
            int keep = (int) Math.max(0, Math.min(SECTOR, length - (long) sector * SECTOR));
            Arrays.fill(next, keep, SECTOR, (byte) 0);
            put(sector, next);
        }
        setLength(length);
    }

    private void setLength(long length) {
        lengths.add(length);
        lengthDoomed = false;
    }

    private void put(int sector, byte[] content) {
        versions(sector).add(content);
        doomed.remove(sector);
    }

    private byte[] newest(int sector) {
        List<byte[]> versions = versions(sector);
        return versions.get(versions.size() - 1);
    }

    private List<byte[]> versions(int sector) {
        while (sectors.size() <= sector) {
            sectors.add(new ArrayList<>(List.of(new byte[SECTOR])));
        }
        return sectors.get(sector);
    }

    void sync() {
        syncRange(0, Long.MAX_VALUE);
    }

    /** What a write that syncs makes durable: its own bytes, and the length. */
    void syncRange(long from, long to) {
        for (int sector = (int) (from / SECTOR); sector < sectors.size() && (long) sector * SECTOR < to; sector++) {
            if (!doomed.contains(sector)) {
                sectors.set(sector, new ArrayList<>(List.of(newest(sector))));
            }
        }
        if (!lengthDoomed) {
            lengths = new ArrayList<>(List.of(length()));
        }
    }

    /** The cache drops what it could not write; what is on the disk is anybody's guess. */
    void failSync() {
        syncFailed = true;
        for (int sector = 0; sector < sectors.size(); sector++) {
            if (sectors.get(sector).size() > 1) {
                doomed.add(sector);
            }
        }
        lengthDoomed = lengths.size() > 1;
    }

    /** What a crash leaves. */
    SimulatedNode crash(Chance chance) {
        SimulatedNode left = new SimulatedNode();
        long length = chance.pick(lengths);
        for (int sector = 0; (long) sector * SECTOR < length; sector++) {
            byte[] content = sector < sectors.size() ? chance.pick(sectors.get(sector)) : new byte[SECTOR];
            int keep = (int) Math.min(SECTOR, length - (long) sector * SECTOR);
            if (keep < SECTOR) {
                content = Arrays.copyOf(Arrays.copyOf(content, keep), SECTOR);
            }
            left.sectors.add(new ArrayList<>(List.of(content)));
        }
        left.lengths = new ArrayList<>(List.of(length));
        return left;
    }

    /** What a killed process leaves: everything, and no maps. */
    SimulatedNode kill() {
        SimulatedNode left = new SimulatedNode();
        sectors.forEach(versions -> left.sectors.add(new ArrayList<>(versions)));
        left.lengths = new ArrayList<>(lengths);
        left.doomed.addAll(doomed);
        left.lengthDoomed = lengthDoomed;
        return left;
    }

    /** What lands and what does not, by seed: 0 nothing, 1 everything, else by chance. */
    static final class Chance {
        private final Random random;
        private final double newest;
        private final double oldest;

        Chance(long seed) {
            random = new Random(seed);
            newest = seed == 0 ? 0 : seed == 1 ? 1 : random.nextDouble();
            oldest = seed == 0 ? 1 : seed == 1 ? 0 : random.nextDouble() * (1 - newest);
        }

        <T> T pick(List<T> versions) {
            double dice = random.nextDouble();
            if (versions.size() == 1 || dice < oldest) {
                return versions.get(0);
            }
            return versions.get(dice > 1 - newest ? versions.size() - 1 : random.nextInt(versions.size()));
        }

        boolean lands() {
            return random.nextDouble() < newest;
        }
    }
}
