package io.jwal.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real text and real binary files come back as they went in. {@code -Djwal.input.lines=3000000},
 * {@code -Djwal.input.files=3000} and {@code -Djwal.input.megabytes=1000} for more.
 */
class RealInputTest {
    private static final int LINES = Integer.getInteger("jwal.input.lines", 150_000);
    private static final int FILES = Integer.getInteger("jwal.input.files", 300);
    private static final long BYTES = Long.getLong("jwal.input.megabytes", 100) << 20;
    private static final int BATCH = 500;

    @TempDir
    Path directory;

    private WalConfig config() {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofMebibytes(8))
                .build();
    }

    @Test
    void theLinesOfTheJdksSourcesComeBack() throws IOException {
        List<byte[]> lines = JdkSources.orSkip().lines(LINES);
        assertThat(lines).hasSizeGreaterThan(100_000);
        assertComeBack(lines);
    }

    @Test
    void theFilesOfTheMavenRepositoryComeBack() throws IOException {
        List<byte[]> files = repositoryFiles();
        if (files.isEmpty()) {
            NotTested.skip("real binary files", "no Maven repository is here");
        }
        assertComeBack(files);
    }

    private static List<byte[]> repositoryFiles() throws IOException {
        Path repository =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        List<byte[]> contents = new ArrayList<>();
        if (!Files.isDirectory(repository)) {
            return contents;
        }
        long bytes = 0;
        try (Stream<Path> all = Files.walk(repository)) {
            for (Path file : all.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> file.toFile().length() < 4 << 20)
                    .sorted(Comparator.naturalOrder())
                    .limit(FILES)
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                bytes += content.length;
                if (bytes > BYTES) {
                    break;
                }
                contents.add(content);
            }
        }
        return contents;
    }

    private void assertComeBack(List<byte[]> inputs) {
        int size = inputs.size();
        long start = System.nanoTime();
        try (Wal wal = JWal.open(config())) {
            for (int from = 0; from < size; from += BATCH) {
                List<byte[]> batch = inputs.subList(from, Math.min(size, from + BATCH));
                if (batch.stream().mapToLong(entry -> entry.length).sum() < 1 << 20) {
                    wal.appendAll(batch);
                } else {
                    batch.forEach(wal::append);
                }
            }
            assertHolds(wal, inputs, 1, size);
        }
        int first = size / 10;
        int last = size - size / 10;
        try (Wal wal = JWal.open(config())) {
            assertHolds(wal, inputs, 1, size);
            wal.truncateBefore(first);
            wal.truncateAfter(last);
            assertHolds(wal, inputs, first, last);
        }
        try (Wal wal = JWal.open(config())) {
            assertHolds(wal, inputs, first, last);
            assertThat(wal.append(inputs.get(last))).isEqualTo(last + 1);
            assertHolds(wal, inputs, first, last + 1);
        }
        System.out.printf("%d real entries in %.1f s%n", size, (System.nanoTime() - start) / 1e9);
    }

    private static void assertHolds(Wal wal, List<byte[]> inputs, long first, long last) {
        assertThat(wal.firstIndex()).isEqualTo(first);
        assertThat(wal.lastIndex()).isEqualTo(last);
        try (Cursor cursor = wal.cursor(first)) {
            for (long index = first; index <= last; index++) {
                assertThat(cursor.next()).isTrue();
                byte[] expected = inputs.get((int) index - 1);
                assertThat(Arrays.equals(cursor.entryBytes(), expected))
                        .as("entry %d", index)
                        .isTrue();
            }
            assertThat(cursor.next()).isFalse();
        }
    }
}
