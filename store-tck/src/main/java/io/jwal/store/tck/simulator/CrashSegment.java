package io.jwal.store.tck.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** One segment of the model: what was appended, and how much of it is durable. Guarded by its state's lock. */
final class CrashSegment {
    final long expectedBytes;

    /** Where each append since the last sync ended: what a sector may hold after a power cut. */
    final List<Integer> appendEnds = new ArrayList<>();

    /** Where each sync ended, in order. */
    final List<Integer> syncEnds = new ArrayList<>();

    byte[] bytes;
    int size;
    int synced;

    /** What {@code claimedSize()} says; also read without the lock. */
    volatile int claimed;

    /** Whether the name is durable. */
    boolean named;

    boolean sealed;

    /** Whether a power cut has decided what is there, so that everybody sees all of it. */
    boolean settled;

    CrashSegment(long expectedBytes) {
        this.expectedBytes = expectedBytes;
        this.bytes = new byte[0];
    }

    /** What a power cut left. */
    static CrashSegment settled(byte[] bytes, int claimed, boolean sealed) {
        CrashSegment segment = new CrashSegment(bytes.length);
        segment.bytes = bytes;
        segment.size = bytes.length;
        segment.synced = bytes.length;
        segment.claimed = claimed;
        segment.syncEnds.add(claimed);
        segment.named = true;
        segment.sealed = sealed;
        segment.settled = true;
        return segment;
    }

    void append(ByteBuffer source, int length) {
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, length), 2 * bytes.length));
        }
        source.get(bytes, size, length);
        size += length;
        appendEnds.add(size);
    }

    void sync(int end) {
        harden(end);
        claimed = synced;
        syncEnds.add(synced);
    }

    /** What a sync that fails may leave durable all the same: the store knows nothing of it, so it claims nothing. */
    void harden(int end) {
        named = true;
        synced = Math.max(synced, end);
        appendEnds.removeIf(appended -> appended <= synced);
    }

    int read(int position, int end, ByteBuffer target) {
        int count = Math.min(target.remaining(), end - position);
        target.put(bytes, position, count);
        return count;
    }

    /** The same segment with its end lost. */
    CrashSegment cutTo(int length) {
        CrashSegment rest = settled(Arrays.copyOf(bytes, Math.min(length, size)), claimed, sealed);
        rest.settled = settled;
        return rest;
    }

    CrashSegment copy() {
        CrashSegment copy = new CrashSegment(expectedBytes);
        copy.appendEnds.addAll(appendEnds);
        copy.syncEnds.addAll(syncEnds);
        copy.bytes = Arrays.copyOf(bytes, size);
        copy.size = size;
        copy.synced = synced;
        copy.claimed = claimed;
        copy.named = named;
        copy.sealed = sealed;
        copy.settled = settled;
        return copy;
    }

    @Override
    public String toString() {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, size);
        return size + " bytes, " + synced + " synced, " + claimed + " claimed, named " + named + ", sealed " + sealed
                + ", CRC32C " + Long.toHexString(crc.getValue());
    }
}
