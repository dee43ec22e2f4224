package io.jwal.store.file;

import io.jwal.fuzz.FuzzedReader;
import io.jwal.fuzz.GoldenFiles;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** WATERMARK: one byte that says whether the checksums of its marks are made right, then the file. */
public final class FuzzedWatermark implements FuzzedReader {
    private static final int CRC_AT = 60;

    @Override
    public void read(byte[] input) throws IOException {
        byte[] file = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        if (input.length > 0 && input[0] != 0) {
            repair(file);
        }
        try (Watermark watermark = new Watermark(new HeapFile(file))) {
            Map<SegmentId, Watermark.Found> all = watermark.readAll();
            int sectors = watermark.sectors();
            all.forEach((id, found) -> {
                if (found.sector() >= sectors
                        || found.mark().synced() < 0
                        || !found.mark().id().equals(id)) {
                    throw new AssertionError("what is said of " + id + ": " + found);
                }
            });
            for (SegmentId id : all.keySet()) {
                for (int sector = 0; sector < Math.min(sectors, 16); sector++) {
                    watermark.read(sector, id);
                }
            }
        }
    }

    private static void repair(byte[] file) {
        for (int at = 0; at + Mark.BYTES <= file.length; at += Watermark.OTHER_HALF) {
            CRC32C crc = new CRC32C();
            crc.update(file, at, CRC_AT);
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at + CRC_AT, (int) crc.getValue());
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] file : GoldenFiles.named("WATERMARK")) {
            byte[] start = Arrays.copyOf(file, 4 * Watermark.SECTOR);
            seeds.add(GoldenFiles.flagged(0, start));
            seeds.add(GoldenFiles.flagged(1, start));
        }
        return seeds;
    }

    /** A file in memory that can only be read. */
    private record HeapFile(byte[] bytes) implements DiskFile {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int there = (int) Math.min(length, bytes.length - position);
            if (there <= 0) {
                return -1;
            }
            System.arraycopy(bytes, (int) position, target, offset, there);
            return there;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeThrough(long position, byte[] source, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sync() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void truncate(long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteBuffer map(long position, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
