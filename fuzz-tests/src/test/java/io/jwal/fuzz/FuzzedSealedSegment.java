package io.jwal.fuzz;

import io.jwal.core.format.Trailer;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A sealed segment by its index and trailer, or by an index that is made again from its batches. */
final class FuzzedSealedSegment implements FuzzedReader {
    private static final long MOST_ENTRIES = 1L << 40;

    @Override
    public void read(byte[] input) throws IOException {
        SegmentInput segment = SegmentInput.of(input);
        long first = 1;
        long last = 10;
        int at = segment.bytes().length - Trailer.BYTES;
        if (at >= 0) { // the range of the manifest is that of the trailer, as far as a manifest can have it
            ByteBuffer in = ByteBuffer.wrap(segment.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            first = Math.max(1, Math.min(in.getLong(at + 16), Long.MAX_VALUE - MOST_ENTRIES - 1));
            last = Math.max(first, Math.min(in.getLong(at + 24), first + MOST_ENTRIES));
        }
        LogManifest.Segment named = segment.sealed(first, last);
        ReadableSegment readable = ReadableSegment.sealed(segment.store(), named);
        try {
            readable.weight();
            SegmentInput.readAll(readable, first, last);
            SegmentInput.readAll(readable, Math.max(first, last - 3), last);
        } finally {
            readable.release();
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        return SegmentInput.golden(
                0, SegmentInput.TRAILER, SegmentInput.HEADER | SegmentInput.BATCHES | SegmentInput.TRAILER);
    }
}
