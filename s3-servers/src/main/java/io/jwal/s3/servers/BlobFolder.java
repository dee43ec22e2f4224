package io.jwal.s3.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Takes bodies in: small ones into memory, others into files of a temporary folder, so that the heap stays small. */
final class BlobFolder implements AutoCloseable {
    private static final int HEAP_LIMIT = 64 << 10;

    private final Path folder;
    private final AtomicLong files = new AtomicLong();

    BlobFolder() throws IOException {
        folder = Files.createTempDirectory("jwal-fake-s3-");
    }

    /** What was taken in. */
    record Received(Blob blob, String md5, String sha256, Map<ChecksumAlgorithm, String> checksums) {}

    Received receive(InputStream body, Collection<ChecksumAlgorithm> wanted, boolean withSha256) throws IOException {
        MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
        MessageDigest sha256 = ChecksumAlgorithm.digest("SHA-256");
        Map<ChecksumAlgorithm, ChecksumAlgorithm.Running> running = new EnumMap<>(ChecksumAlgorithm.class);
        wanted.forEach(algorithm -> running.put(algorithm, algorithm.start()));
        Sink sink = (bytes, length) -> {
            md5.update(bytes, 0, length);
            if (withSha256) {
                sha256.update(bytes, 0, length);
            }
            running.values().forEach(checksum -> checksum.update(bytes, 0, length));
        };
        Blob blob = store(body, sink);
        Map<ChecksumAlgorithm, String> checksums = new EnumMap<>(ChecksumAlgorithm.class);
        running.forEach((algorithm, checksum) -> checksums.put(algorithm, checksum.finishAsText()));
        HexFormat hex = HexFormat.of();
        return new Received(blob, hex.formatHex(md5.digest()), hex.formatHex(sha256.digest()), checksums);
    }

    private interface Sink {
        void accept(byte[] bytes, int length);
    }

    private Blob store(InputStream body, Sink sink) throws IOException {
        byte[] head = body.readNBytes(HEAP_LIMIT);
        sink.accept(head, head.length);
        if (head.length < HEAP_LIMIT) {
            return Blob.inMemory(head);
        }
        Path file = folder.resolve("blob-" + files.incrementAndGet());
        long length = head.length;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(head);
            byte[] buffer = new byte[HEAP_LIMIT];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                sink.accept(buffer, read);
                out.write(buffer, 0, read);
                length += read;
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return Blob.inFile(file, length);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
