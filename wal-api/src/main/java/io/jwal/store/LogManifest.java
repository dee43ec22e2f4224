package io.jwal.store;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Says which segments make up the log: the content of the register {@value #REGISTER} and the only root of truth about
 * a log. A listing of segments is a hint at most.
 *
 * <p>It is the one piece of format that a store may read, so that a store which archives can follow the log; only the
 * engine writes it. {@code docs/format.md} has the bytes.
 *
 * @param epoch the epoch of the writer that wrote it; grows with every writer that opens the log
 * @param firstIndex the first index of the log, at least 1
 * @param durableIndex the last index known to be durable when this was written; at least {@code firstIndex - 1} or
 *     below it, never above the last entry
 * @param cutCounter how many times entries were cut from the end since the log began
 * @param cuts the last {@value #MAX_CUTS} cuts, oldest first
 * @param segments the segments in the order of their entries: sealed ones first, then open ones, then quarantined ones
 */
public record LogManifest(
        long epoch, long firstIndex, long durableIndex, long cutCounter, List<Cut> cuts, List<Segment> segments) {
    /** The name of the register that holds the manifest. */
    public static final String REGISTER = "manifest";

    /** How many cuts are remembered. A follower that missed more cannot tell what it missed. */
    public static final int MAX_CUTS = 16;

    /** The version of the format that this class writes, and the newest it reads. */
    public static final int FORMAT_VERSION = 1;

    private static final long MAGIC = 0x31464E414D4C574AL; // "JWLMANF1", little-endian
    /** What is counted one by one is never read larger than this, so that it can grow without overflowing. */
    private static final long MAX_COUNTED = 1L << 62;

    private static final int FIXED_BYTES = 56;
    private static final int CUT_BYTES = 16;
    private static final int NAMED_BYTES = 24;
    private static final int SEALED_BYTES = NAMED_BYTES + 40;
    private static final int CRC_BYTES = 4;

    /** What a segment is to the log, in the order in which a manifest names segments. */
    public enum State {
        /** Immutable; its range is known. */
        SEALED(0),
        /** Being written, about to be written, or being sealed. After a crash it is recovery that tells what is in it. */
        OPEN(1),
        /** Set aside by salvage because it is damaged: never read as log, never collected. */
        QUARANTINED(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static State of(int code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state of a segment: " + code);
        }
    }

    /**
     * One cut: {@code truncateAfter} or salvage took entries from the end.
     *
     * @param counter the number of the cut, counted from 1
     * @param lastIndex the last index that remained
     */
    public record Cut(long counter, long lastIndex) {}

    /**
     * One segment of the log.
     *
     * @param id its name
     * @param salt the random number in its header, which tells it from every other segment of this name
     * @param state what it is to the log
     * @param firstIndex of a sealed segment the first index in it, else 0
     * @param lastIndex of a sealed segment the last index of it that belongs to the log (it may hold more), else 0
     * @param bytes of a sealed segment its length, else 0
     * @param firstTime of a sealed segment the time of its first commit, in milliseconds since 1970, else 0
     * @param lastTime of a sealed segment the time of its last commit that belongs to the log, else 0
     */
    public record Segment(
            SegmentId id,
            long salt,
            State state,
            long firstIndex,
            long lastIndex,
            long bytes,
            long firstTime,
            long lastTime) {

        /**
         * An open segment.
         *
         * @param id its name
         * @param salt its salt
         * @return the segment
         */
        public static Segment open(SegmentId id, long salt) {
            return new Segment(id, salt, State.OPEN, 0, 0, 0, 0, 0);
        }

        /**
         * The same segment, set aside.
         *
         * @return the quarantined segment
         */
        public Segment quarantined() {
            return new Segment(id, salt, State.QUARANTINED, 0, 0, 0, 0, 0);
        }

        /**
         * The same segment, of which less belongs to the log.
         *
         * @param last the last index that does
         * @param time the time of its commit
         * @return the shortened segment
         */
        public Segment endingAt(long last, long time) {
            return new Segment(id, salt, state, firstIndex, last, bytes, firstTime, time);
        }

        /**
         * Whether the segment is in a state.
         *
         * @param wanted the state
         * @return true if it is
         */
        public boolean is(State wanted) {
            return state == wanted;
        }

        private int encodedBytes() {
            return state == State.SEALED ? SEALED_BYTES : NAMED_BYTES;
        }
    }

    /**
     * Checks the parts against one another.
     *
     * @throws IllegalArgumentException if they cannot describe a log
     */
    public LogManifest {
        cuts = List.copyOf(cuts);
        segments = List.copyOf(segments);
        check(epoch >= 1, "the epoch is at least 1", epoch);
        check(firstIndex >= 1, "the first index is at least 1", firstIndex);
        check(durableIndex >= 0 && durableIndex < Long.MAX_VALUE, "the durable index is at least 0", durableIndex);
        check(cuts.size() <= MAX_CUTS && cuts.size() <= cutCounter, "there are too many cuts", cuts.size());
        State previous = State.SEALED;
        long next = 0;
        for (Segment segment : segments) {
            check(
                    segment.state.code >= previous.code,
                    "segments are sealed, then open, then quarantined, but not so",
                    segment.id);
            previous = segment.state;
            if (segment.is(State.SEALED)) {
                check(
                        segment.firstIndex >= 1
                                && segment.lastIndex >= segment.firstIndex
                                && segment.lastIndex < Long.MAX_VALUE
                                && segment.bytes >= 0
                                && (next == 0 || segment.firstIndex == next),
                        "sealed segments follow one another, but not",
                        segment.id);
                next = segment.lastIndex + 1;
            }
        }
    }

    private static void check(boolean holds, String rule, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + found);
        }
    }

    /**
     * The manifest of a new log.
     *
     * @return an empty manifest of epoch 1
     */
    public static LogManifest empty() {
        return new LogManifest(1, 1, 0, 0, List.of(), List.of());
    }

    /**
     * The segments in one state, in order.
     *
     * @param state the state
     * @return those segments
     */
    public List<Segment> segments(State state) {
        return segments.stream().filter(segment -> segment.is(state)).toList();
    }

    /**
     * Writes the manifest down.
     *
     * @return its bytes, ready to be read
     */
    public ByteBuffer encode() {
        int length = FIXED_BYTES
                + cuts.size() * CUT_BYTES
                + segments.stream().mapToInt(Segment::encodedBytes).sum()
                + CRC_BYTES;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(length);
        out.putLong(epoch).putLong(firstIndex).putLong(durableIndex).putLong(cutCounter);
        out.putInt(cuts.size()).putInt(segments.size());
        for (Cut cut : cuts) {
            out.putLong(cut.counter).putLong(cut.lastIndex);
        }
        for (Segment segment : segments) {
            out.putLong(segment.id.epoch()).putInt(segment.id.sequence());
            out.putInt(segment.state.code).putLong(segment.salt);
            if (segment.is(State.SEALED)) {
                out.putLong(segment.firstIndex).putLong(segment.lastIndex).putLong(segment.bytes);
                out.putLong(segment.firstTime).putLong(segment.lastTime);
            }
        }
        return out.putInt(crc(out)).flip();
    }

    /**
     * Reads a manifest.
     *
     * @param content the whole content of the register; not moved
     * @return the manifest
     * @throws UnsupportedFormatException if a newer version of JWal wrote it
     * @throws CorruptLogException if it is damaged or no manifest at all
     */
    public static LogManifest decode(ByteBuffer content) {
        ByteBuffer in = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < FIXED_BYTES + CRC_BYTES || in.getLong() != MAGIC) {
            throw corrupt("it does not begin like one (" + content.remaining() + " bytes)", null);
        }
        int version = in.getInt();
        int length = in.getInt();
        if (version < 1 || length != in.limit()) {
            throw corrupt("it says it is " + length + " bytes of version " + version + ", found " + in.limit(), null);
        }
        in.position(length - CRC_BYTES);
        int expected = crc(in);
        if (in.getInt() != expected) {
            throw corrupt("its checksum does not match", null);
        }
        // After length and checksum, which every version has in the same places: rot is not a newer format.
        if (version > FORMAT_VERSION) {
            throw new UnsupportedFormatException("the register \"" + REGISTER + "\"", version, FORMAT_VERSION);
        }
        in.position(16).limit(length - CRC_BYTES);
        try {
            return decodeFields(in);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw corrupt("its checksum is right, its content is not: " + e.getMessage(), e);
        }
    }

    private static LogManifest decodeFields(ByteBuffer in) {
        long epoch = in.getLong();
        long first = in.getLong();
        long durable = in.getLong();
        long cutCounter = in.getLong();
        int cutCount = in.getInt();
        int segmentCount = in.getInt();
        check(
                epoch <= MAX_COUNTED && cutCounter <= MAX_COUNTED,
                "nobody has counted so far",
                Math.max(epoch, cutCounter));
        check(cutCount >= 0 && cutCount <= MAX_CUTS, "a number of cuts", cutCount);
        check(segmentCount >= 0 && segmentCount <= in.remaining() / NAMED_BYTES, "a number of segments", segmentCount);
        List<Cut> cuts = new ArrayList<>(cutCount);
        for (int i = 0; i < cutCount; i++) {
            cuts.add(new Cut(in.getLong(), in.getLong()));
        }
        List<Segment> segments = new ArrayList<>(segmentCount);
        for (int i = 0; i < segmentCount; i++) {
            segments.add(decodeSegment(in));
        }
        check(!in.hasRemaining(), "bytes left over", in.remaining());
        return new LogManifest(epoch, first, durable, cutCounter, cuts, segments);
    }

    private static Segment decodeSegment(ByteBuffer in) {
        SegmentId id = new SegmentId(in.getLong(), in.getInt());
        State state = State.of(in.getInt());
        long salt = in.getLong();
        return state == State.SEALED
                ? new Segment(id, salt, state, in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong())
                : new Segment(id, salt, state, 0, 0, 0, 0, 0);
    }

    private static int crc(ByteBuffer upToPosition) {
        CRC32C crc = new CRC32C();
        crc.update(upToPosition.duplicate().flip());
        return (int) crc.getValue();
    }

    private static CorruptLogException corrupt(String what, @Nullable Throwable cause) {
        return new CorruptLogException(
                "the log's manifest (register \"" + REGISTER + "\") is damaged: " + what
                        + "; restore this register from a backup, nothing else was touched",
                cause);
    }
}
