package io.jwal.store.tiered;

import io.jwal.fuzz.FuzzedReader;
import io.jwal.fuzz.GoldenFiles;
import io.jwal.fuzz.Repair;
import io.jwal.fuzz.StoreOfOne;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.Version;
import io.jwal.store.tiered.blocks.Encoding;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The registers of an archived log, and what an archive's manifest leads to: one byte that says which register, and
 * whether checksums are made right, then its content.
 */
public final class FuzzedArchive implements FuzzedReader {
    private static final int HOT_ID = 1;
    private static final int REPAIRED = 2;
    private static final int IMAGE_AT = 52;
    private static final SegmentId PIECE = new SegmentId(11, 4);
    private static final byte[] PIECE_BYTES = new byte[600];
    private static final int MOST_READ = 1 << 16;

    @Override
    public void read(byte[] input) throws IOException {
        int flags = input.length == 0 ? 0 : input[0];
        byte[] content = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        if ((flags & REPAIRED) != 0) {
            repair(content, (flags & HOT_ID) == 0);
        }
        Register register = new Register(new Version("1"), ByteBuffer.wrap(content));
        if ((flags & HOT_ID) != 0) {
            HotId id = HotId.decode(register);
            same(id, HotId.decode(new Register(register.version(), id.encode())));
            return;
        }
        ArchiveManifest manifest = ArchiveManifest.decode(register);
        same(manifest, ArchiveManifest.decode(new Register(register.version(), manifest.encode())));
        manifest.lastIndex();
        manifest.lastTime();
        ArchiveStore archive = new ArchiveStore(new Pieces(
                new StoreOfOne(PIECE, PIECE_BYTES, 0, register), ConfiguredCodec.reading(List.of(), "keys")));
        archive.readRegister(LogManifest.REGISTER);
        archive.readRegister("state");
        for (SegmentId id : archive.listSegments()) {
            try (SegmentReader reader = archive.openSegment(id)) {
                int length = (int) Math.max(0, Math.min(reader.size(), MOST_READ));
                reader.slice(0, length);
                reader.read(Math.max(0, reader.size() - 10), ByteBuffer.allocate(20));
            } catch (EOFException | io.jwal.store.SegmentNotFoundException e) {
                // the archive has less than its manifest says
            }
        }
    }

    private static void repair(byte[] content, boolean hasImage) {
        Repair repair = new Repair(content);
        if (hasImage && content.length > IMAGE_AT) {
            int image = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(IMAGE_AT - 4);
            repair.register(IMAGE_AT, image);
        }
        repair.register(0, content.length);
    }

    private static void same(Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError("written and read it is another: " + one + ", " + other);
        }
    }

    @Override
    public List<byte[]> seeds() {
        byte[] hotId = bytes(new HotId(new UUID(1, 2), HotId.Standing.ATTACHED).encode());
        List<byte[]> seeds = new ArrayList<>();
        for (Encoding second : List.of(Encoding.PLAIN, new Encoding(true, ""), new Encoding(true, "key-1"))) {
            byte[] whole = bytes(manifest(second).encode());
            seeds.add(GoldenFiles.flagged(0, whole));
            seeds.add(GoldenFiles.flagged(REPAIRED, whole));
        }
        seeds.add(GoldenFiles.flagged(HOT_ID, hotId));
        seeds.add(GoldenFiles.flagged(HOT_ID | REPAIRED, hotId));
        return seeds;
    }

    private static ArchiveManifest manifest(Encoding second) {
        LogManifest.Segment sealed =
                new LogManifest.Segment(new SegmentId(3, 1), 7, LogManifest.State.SEALED, 1, 5, 600, 1_000, 2_000);
        LogManifest.Segment open =
                new LogManifest.Segment(new SegmentId(3, 2), 8, LogManifest.State.OPEN, 6, 9, 900, 2_000, 2_500);
        return new ArchiveManifest(
                12,
                new UUID(1, 2),
                1,
                new LogManifest(
                        3, 1, 5, 0, List.of(), List.of(sealed, LogManifest.Segment.open(open.id(), open.salt()))),
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                List.of(
                        new Copy(sealed, List.of(new Copy.Piece(PIECE, 600, "ab".repeat(32), Encoding.PLAIN))),
                        new Copy(
                                open,
                                List.of(
                                        new Copy.Piece(PIECE, 600, "01".repeat(32), Encoding.PLAIN),
                                        new Copy.Piece(PIECE, 300, "02".repeat(32), second)))));
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
