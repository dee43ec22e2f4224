package io.jwal.store.file;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a simulated file: for every sector all contents that a crash may leave on the disk, the oldest of them
 * known to be there, the newest in the cache; the same for the length.
 */
final class SimulatedNode {
    static final int SECTOR = 512;

    private static final byte[] ZEROS = new byte[SECTOR];

    /** What is in the cache; null for zeros. The arrays never change, so that disks may share them. */
    private byte @Nullable [][] cached;

    /** Sectors that a crash may leave in more than one state. */
    private final TreeMap<Integer, Versions<byte[]>> undecided = new TreeMap<>();

    private Versions<Long> length;

    /** Sectors whose last write was lost by a failed sync: a later sync says nothing about them. */
    private final Set<Integer> doomed = new HashSet<>();

    private boolean lengthDoomed;
    private boolean syncFailed;
    private long mapped;

    SimulatedNode() {
        this(new byte[0][], 0L);
    }

    private SimulatedNode(byte @Nullable [][] cached, long length) {
        this.cached = cached;
        this.length = new Versions<>(length);
    }

    long length() {
        return length.newest();
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
        for (int done = 0; done < length; ) {
            long at = position + done;
            int within = (int) (at % SECTOR);
            int some = Math.min(length - done, SECTOR - within);
            System.arraycopy(newest((int) (at / SECTOR)), within, target, offset + done, some);
            done += some;
        }
    }

    void write(long position, byte[] source, int offset, int length, long time) {
        for (int done = 0; done < length; ) {
            int sector = (int) ((position + done) / SECTOR);
            int within = (int) ((position + done) % SECTOR);
            int some = Math.min(length - done, SECTOR - within);
            byte[] before = newest(sector);
            int from = offset + done;
            if (!Arrays.equals(before, within, within + some, source, from, from + some)) {
                byte[] next = before.clone();
                System.arraycopy(source, from, next, within, some);
                put(sector, next, time);
            } else {
                doomed.remove(sector);
            }
            done += some;
        }
        if (length > 0 && position + length > length()) {
            setLength(position + length, time);
        }
    }

    void truncate(long length, long time) {
        if (length < mapped) {
            throw new AssertionError("cuts a file to " + length + " bytes of which " + mapped + " are mapped");
        }
        for (int sector = (int) (length / SECTOR); sector < cached.length; sector++) {
            int keep = (int) Math.max(0, Math.min(SECTOR, length - (long) sector * SECTOR));
            byte[] next = cutTo(newest(sector), keep);
            if (next != newest(sector)) {
                put(sector, next, time);
            }
        }
        setLength(length, time);
    }

    private static byte[] cutTo(byte[] content, int keep) {
        if (Arrays.equals(content, keep, SECTOR, ZEROS, keep, SECTOR)) {
            return content;
        }
        return Arrays.copyOf(Arrays.copyOf(content, keep), SECTOR);
    }

    private void setLength(long bytes, long time) {
        length.add(bytes, time);
        lengthDoomed = false;
    }

    private void put(int sector, byte[] content, long time) {
        undecided.computeIfAbsent(sector, any -> new Versions<>(newest(sector))).add(content, time);
        doomed.remove(sector);
        if (cached.length <= sector) {
            cached = Arrays.copyOf(cached, Math.max(sector + 1, 2 * cached.length));
        }
        cached[sector] = content;
    }

    private byte[] newest(int sector) {
        byte[] content = sector < cached.length ? cached[sector] : null;
        return content == null ? ZEROS : content;
    }

    void sync() {
        syncRange(0, Long.MAX_VALUE);
    }

    /** What a write that syncs makes durable: its own bytes, and the length. */
    void syncRange(long from, long to) {
        undecided
                .keySet()
                .removeIf(sector -> sector >= from / SECTOR && (long) sector * SECTOR < to && !doomed.contains(sector));
        if (!lengthDoomed) {
            length.sync();
        }
    }

    /** The cache drops what it could not write; what is on the disk is anybody's guess. */
    void failSync() {
        syncFailed = true;
        doomed.addAll(undecided.keySet());
        lengthDoomed = !length.isDecided();
    }

    /** What a crash leaves. */
    SimulatedNode crash(Landing landing) {
        long left = length.crash(landing);
        int sectors = (int) ((left + SECTOR - 1) / SECTOR);
        byte[][] contents = Arrays.copyOf(cached, Math.min(sectors, cached.length));
        undecided.headMap(contents.length).forEach((sector, versions) -> contents[sector] = versions.crash(landing));
        int last = (int) (left / SECTOR);
        if (last < contents.length && contents[last] != null) {
            contents[last] = cutTo(contents[last], (int) (left % SECTOR));
        }
        return new SimulatedNode(contents, left);
    }

    /** What a killed process leaves: everything, and no maps. */
    SimulatedNode kill() {
        SimulatedNode left = new SimulatedNode(cached.clone(), 0L);
        undecided.forEach((sector, versions) -> left.undecided.put(sector, versions.copy()));
        left.length = length.copy();
        left.doomed.addAll(doomed);
        left.lengthDoomed = lengthDoomed;
        return left;
    }
}
