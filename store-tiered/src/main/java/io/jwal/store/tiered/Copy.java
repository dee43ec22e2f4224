package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.tiered.blocks.Encoding;
import io.jwal.store.tiered.blocks.Extent;
import java.util.List;

/**
 * A segment of the log as the archive has it: in one piece if it is sealed, or in several that follow one another, each
 * shipped at its time.
 *
 * @param segment the log's segment, with the range, length and times that were verified; of an open one so far
 * @param pieces what it consists of in the archive
 */
record Copy(LogManifest.Segment segment, List<Piece> pieces) {
    Copy {
        pieces = List.copyOf(pieces);
    }

    /**
     * A segment of the archive.
     *
     * @param id its name there
     * @param bytes how many bytes of the log's segment it holds
     * @param digest the SHA-256 of the archive's segment as it lies there, in hexadecimal digits
     * @param encoding how it lies there
     */
    record Piece(SegmentId id, long bytes, String digest, Encoding encoding) {}

    /** What a piece of it holds. */
    Extent extent(int piece) {
        long start = pieces.stream().limit(piece).mapToLong(Piece::bytes).sum();
        return new Extent(
                pieces.get(piece).id(),
                segment.id(),
                segment.salt(),
                start,
                pieces.get(piece).bytes());
    }

    /** Whether it is a copy of this one, and not of another of the same name. */
    boolean isOf(LogManifest.Segment named) {
        return segment.id().equals(named.id()) && segment.salt() == named.salt();
    }

    /** Whether it is a copy of a sealed segment, so that the hot copy could go. */
    boolean isWhole() {
        return segment.is(LogManifest.State.SEALED);
    }

    long bytes() {
        return pieces.stream().mapToLong(Piece::bytes).sum();
    }
}
