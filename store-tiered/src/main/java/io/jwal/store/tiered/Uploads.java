package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.tiered.blocks.Encoding;
import io.jwal.store.tiered.blocks.Extent;
import io.jwal.store.tiered.blocks.ExtentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.LongAdder;

/** Copies bytes into the archive under ids of their own, and reads them back. Belongs to the archiver's thread. */
final class Uploads {
    private static final int CHUNK = 1 << 20;

    /** So often it is synced, because a remote store holds in memory what is not. */
    private static final long SYNC_BYTES = 8L << 20;

    private final Pieces pieces;
    private final Store archive;
    private final Pace pace;
    private final LongAdder bytesWritten;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private long epoch;
    private int sequence;

    Uploads(Pieces pieces, Pace pace, LongAdder bytesWritten) {
        this.pieces = pieces;
        this.archive = pieces.archive();
        this.pace = pace;
        this.bytesWritten = bytesWritten;
    }

    /** From now on ids are of this epoch, which nobody else has. */
    void beginEpoch(long archiveEpoch) {
        epoch = archiveEpoch;
        sequence = 0;
    }

    /**
     * Copies a part of a segment, makes it durable, and compares what the archive gives back.
     *
     * @param segment the segment
     * @param from its bytes
     * @return the piece, which nobody knows yet
     * @throws StoreCorruptException if the archive gives back something else
     */
    Copy.Piece copy(LogManifest.Segment segment, SegmentReader from, long start, long end) throws IOException {
        SegmentId id = new SegmentId(epoch, ++sequence);
        Extent extent = new Extent(id, segment.id(), segment.salt(), start, end - start);
        Encoding encoding = pieces.codec().encoding();
        try {
            Digests digests = write(extent, encoding, from);
            compare(extent, encoding, digests.given);
            return new Copy.Piece(id, end - start, digests.stored, encoding);
        } catch (SegmentExistsException e) {
            throw e; // not ours to delete: an answer was lost, or somebody shares the archive
        } catch (IOException | RuntimeException e) {
            discard(id, e);
            throw e;
        }
    }

    /** Deletes a piece that was not named; one that stays is collected by the next archiver. */
    void discard(SegmentId id, Exception why) {
        try {
            archive.deleteSegment(id);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /**
     * The SHA-256 of a copy.
     *
     * @param given of the bytes that it holds
     * @param stored of the archive's segment
     */
    private record Digests(String given, String stored) {}

    private Digests write(Extent extent, Encoding encoding, SegmentReader from) throws IOException {
        MessageDigest given = sha256();
        MessageDigest stored = sha256();
        long end = extent.start() + extent.bytes();
        // Nothing is set aside: it is written in large runs, and how long it becomes in blocks nobody knows.
        try (SegmentWriter writer = archive.createSegment(extent.piece(), 0)) {
            ExtentWriter extentWriter = pieces.codec().writer(extent, bytes -> {
                if (encoding.inBlocks()) {
                    stored.update(bytes.duplicate());
                }
                bytesWritten.add(bytes.remaining());
                writer.append(bytes);
            });
            long synced = 0;
            for (long at = extent.start(); at < end; ) {
                ByteBuffer bytes = next(from, at, end);
                given.update(bytes.duplicate());
                at += bytes.remaining();
                extentWriter.put(bytes);
                if (writer.position() - synced >= SYNC_BYTES) {
                    writer.sync();
                    synced = writer.position();
                }
            }
            extentWriter.end();
            writer.sync();
            writer.seal();
        }
        String of = hex(given);
        return new Digests(of, encoding.inBlocks() ? hex(stored) : of);
    }

    private void compare(Extent extent, Encoding encoding, String expected) throws IOException {
        SegmentId id = extent.piece();
        long bytes = extent.bytes();
        MessageDigest digest = sha256();
        try (SegmentReader back = pieces.open(extent, encoding)) {
            long size = back.size();
            for (long at = 0; at < size; ) {
                ByteBuffer read = next(back, at, size);
                at += read.remaining();
                digest.update(read);
            }
            if (size != bytes || !hex(digest).equals(expected)) {
                throw new StoreCorruptException("the archive gives back " + size + " bytes of segment " + id
                        + " that are not the " + bytes + " written to it; they are written again");
            }
        }
    }

    private ByteBuffer next(SegmentReader from, long at, long end) throws IOException {
        chunk.clear().limit((int) Math.min(CHUNK, end - at));
        pace.take(chunk.remaining());
        while (chunk.hasRemaining()) {
            if (from.read(at + chunk.position(), chunk) < 0) {
                throw new StoreCorruptException(
                        "a segment ends at " + (at + chunk.position()) + ", but is to have " + end + " bytes");
            }
        }
        return chunk.flip();
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
