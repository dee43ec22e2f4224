package io.jwal.fuzz;

import io.jwal.core.format.SegmentHeader;
import io.jwal.core.segment.BatchWalk;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A segment as an input of a fuzzer: one byte that says which checksums are made right, then the segment.
 *
 * @param flags which: {@link #HEADER}, {@link #BATCHES}, {@link #TRAILER}; and whether all was synced, {@link #CLAIMED}
 * @param bytes the segment
 */
record SegmentInput(int flags, byte[] bytes) {
    static final int HEADER = 1;
    static final int BATCHES = 2;
    static final int TRAILER = 4;
    static final int CLAIMED = 8;

    private static final int LONGEST_SEED = 5 << 10;
    private static final int MOST_READ = 300;

    static SegmentInput of(byte[] input) {
        int flags = input.length == 0 ? 0 : input[0];
        byte[] bytes = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        SegmentInput segment = new SegmentInput(flags, bytes);
        Repair repair = new Repair(bytes);
        if ((flags & BATCHES) != 0) {
            repair.batches(segment.salt());
        }
        if ((flags & TRAILER) != 0) {
            repair.trailer(segment.salt());
        }
        if ((flags & HEADER) != 0) {
            repair.header();
        }
        return segment;
    }

    private ByteBuffer in() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean hasHeader() {
        return bytes.length >= SegmentHeader.BYTES;
    }

    /** The salt that the header says, which the manifest says as well. */
    long salt() {
        return hasHeader() ? in().getLong(40) : 0;
    }

    /** The name that the header says, if it can be one. */
    SegmentId id() {
        long epoch = hasHeader() ? in().getLong(16) : 1;
        int sequence = hasHeader() ? in().getInt(24) : 1;
        return new SegmentId(Math.max(1, epoch), Math.max(1, sequence));
    }

    /** The segment as the manifest names it while it is sealed. */
    LogManifest.Segment sealed(long first, long last) {
        return new LogManifest.Segment(id(), salt(), LogManifest.State.SEALED, first, last, bytes.length, 0, 0);
    }

    /** A store that has this segment and nothing else. */
    StoreOfOne store() {
        return new StoreOfOne(id(), bytes, (flags & CLAIMED) != 0 ? bytes.length : 0, null);
    }

    /** Reads what an index says is there, each entry in every way. Damage is a matter of one entry. */
    static void readAll(ReadableSegment segment, long first, long last) throws IOException {
        BatchWalk walk = new BatchWalk(segment);
        long end = Math.min(last, first + MOST_READ);
        for (long index = first; index <= end; index++) {
            try {
                byte[] content = segment.read(index);
                ByteBuffer view = segment.view(index);
                if (!view.equals(ByteBuffer.wrap(content))) {
                    throw new AssertionError("two readings of entry " + index + " differ");
                }
            } catch (io.jwal.CorruptLogException e) {
                // told, and no more than this entry
            }
            if (walk.seek(index) != null) {
                walk.verifiedBody();
            }
        }
    }

    /** The segments of the golden logs, short ones, with the bytes that say what is to be made right. */
    static List<byte[]> golden(int... flags) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] content : GoldenFiles.segments()) {
            byte[] shortened = Arrays.copyOf(content, Math.min(content.length, LONGEST_SEED));
            for (int flag : flags) {
                seeds.add(GoldenFiles.flagged(flag, shortened));
            }
        }
        return seeds;
    }
}
