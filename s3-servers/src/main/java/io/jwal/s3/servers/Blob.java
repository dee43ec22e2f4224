package io.jwal.s3.servers;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of an object, in memory or in files that are its own. */
record Blob(List<Piece> pieces) {
    /** A run of its bytes: in memory, or at the beginning of a file. */
    static final class Piece {
        private final byte @Nullable [] heap;
        private final @Nullable Path file;
        private final long length;

        private Piece(byte @Nullable [] heap, @Nullable Path file, long length) {
            this.heap = heap;
            this.file = file;
            this.length = length;
        }

        private InputStream open(long offset, long count) throws IOException {
            if (heap != null) {
                return new ByteArrayInputStream(heap, (int) offset, (int) count);
            }
            InputStream in = Files.newInputStream(Objects.requireNonNull(file));
            in.skipNBytes(offset);
            return new LimitedFile(in, count);
        }

        private void flip(long offset, int mask) throws IOException {
            if (heap != null) {
                heap[(int) offset] ^= (byte) mask;
                return;
            }
            try (RandomAccessFile bytes =
                    new RandomAccessFile(Objects.requireNonNull(file).toFile(), "rw")) {
                bytes.seek(offset);
                int old = bytes.read();
                bytes.seek(offset);
                bytes.write(old ^ mask);
            }
        }

        private Piece cut(long rest) {
            return new Piece(heap, file, rest);
        }
    }

    static Blob inMemory(byte[] bytes) {
        return new Blob(List.of(new Piece(bytes, null, bytes.length)));
    }

    static Blob inFile(Path file, long length) {
        return new Blob(List.of(new Piece(null, file, length)));
    }

    static Blob of(List<Blob> blobs) {
        return new Blob(blobs.stream().flatMap(blob -> blob.pieces.stream()).toList());
    }

    long length() {
        return pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    /** Opens what it reads at once, so that it goes on reading when the blob is deleted. */
    InputStream open(long offset, long count) throws IOException {
        List<InputStream> opened = new ArrayList<>();
        long start = 0;
        try {
            for (Piece piece : pieces) {
                long from = Math.max(offset, start);
                long to = Math.min(offset + count, start + piece.length);
                if (from < to) {
                    opened.add(piece.open(from - start, to - from));
                }
                start += piece.length;
            }
        } catch (IOException e) {
            for (Closeable stream : opened) {
                stream.close();
            }
            throw e;
        }
        return opened.size() == 1 ? opened.get(0) : new SequenceInputStream(Collections.enumeration(opened));
    }

    /** Changes its bytes where they lie. */
    void flip(long offset, int mask) throws IOException {
        long start = 0;
        for (Piece piece : pieces) {
            if (offset >= start && offset < start + piece.length) {
                piece.flip(offset - start, mask);
                return;
            }
            start += piece.length;
        }
        throw new IndexOutOfBoundsException("byte " + offset + " of " + start);
    }

    /** Its first bytes, the pieces behind them left out. */
    Blob cut(long length) {
        List<Piece> kept = new ArrayList<>();
        long start = 0;
        for (Piece piece : pieces) {
            long rest = Math.min(piece.length, length - start);
            if (rest > 0) {
                kept.add(piece.cut(rest));
            }
            start += piece.length;
        }
        return new Blob(List.copyOf(kept));
    }

    void delete() throws IOException {
        for (Piece piece : pieces) {
            if (piece.file != null) {
                Files.deleteIfExists(piece.file);
            }
        }
    }
}
