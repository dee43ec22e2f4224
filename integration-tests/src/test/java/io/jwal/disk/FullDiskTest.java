package io.jwal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Wal;
import io.jwal.WalFailedException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.process.ChildJvm;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreFullException;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of a few MB runs full: the failure says so, nothing acknowledged is lost, and truncating gives room again. */
class FullDiskTest {
    private static final int ENTRY = 1_000;

    @TempDir
    static Path directory;

    private Tmpfs disk;

    @BeforeEach
    void mount() throws IOException {
        disk = Tmpfs.mount(directory, 4);
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    static WalConfig config(Path directory) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(256))
                .maxEntry(ByteSize.ofKibibytes(64))
                .maxBatch(ByteSize.ofKibibytes(64))
                .commitMaxBytes(ByteSize.ofKibibytes(64))
                .build();
    }

    static byte[] content(long index) {
        byte[] bytes = new byte[ENTRY];
        Arrays.fill(bytes, (byte) index);
        return bytes;
    }

    @Test
    void aFullDiskIsATypedFailureThatSaysSoAndWhatWasAcknowledgedIsRead() throws IOException {
        try (Wal wal = JWal.open(config(log()))) {
            long last = fill(wal);

            assertThatThrownBy(() -> wal.append(content(last + 1)))
                    .isInstanceOf(WalFailedException.class)
                    .hasMessageContaining("o space left")
                    .hasRootCauseInstanceOf(IOException.class)
                    .satisfies(failure ->
                            assertThat(causes(failure)).hasAtLeastOneElementOfType(StoreFullException.class));
            assertThat(wal.durableIndex()).isEqualTo(last);
            assertAll(wal, 1, last);
            try (WalReader reader = JWal.openReader(config(log()))) {
                assertAll(reader, 1, last);
            }
        }
    }

    private static Iterable<Throwable> causes(Throwable failure) {
        return java.util.stream.Stream.iterate(failure, java.util.Objects::nonNull, Throwable::getCause)
                .toList();
    }

    @Test
    void afterFillingTheDiskALogIsReopenedTruncatedAndGoesOn() throws IOException {
        long last;
        try (Wal wal = JWal.open(config(log()))) {
            last = fill(wal);
        }
        assertGoesOnAfterTruncation(last);
    }

    @Test
    void theSameAfterAKill() throws Exception {
        long last;
        try (ChildJvm writer = ChildJvm.start(FullDiskWriter.class, log())) {
            last = Long.parseLong(writer.line());
        }
        assertGoesOnAfterTruncation(last);
    }

    /** Other files may take the last byte, so that not even a manifest could be written beside the old one. */
    @Test
    void theSameWhenOthersHaveTakenTheLastByte() throws Exception {
        long last;
        try (ChildJvm writer = ChildJvm.start(FullDiskWriter.class, log())) {
            last = Long.parseLong(writer.line());
        }
        try (OutputStream others = Files.newOutputStream(directory.resolve("others"))) {
            assertThatThrownBy(() -> {
                        while (true) {
                            others.write(0);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertGoesOnAfterTruncation(last);
    }

    private void assertGoesOnAfterTruncation(long last) throws IOException {
        long end;
        long first = last - 300;
        try (Wal wal = JWal.open(config(log()))) {
            assertAll(wal, 1, last);
            wal.truncateBefore(first);
            for (int i = 0; i < 500; i++) {
                wal.append(content(wal.lastIndex() + 1));
            }
            end = wal.lastIndex();
            assertThat(end).isGreaterThanOrEqualTo(last + 500);
        }
        try (Wal wal = JWal.open(config(log()))) {
            assertThat(wal.firstIndex()).isEqualTo(first);
            assertThat(wal.lastIndex()).isEqualTo(end);
            assertAll(wal, first, end);
        }
    }

    /** Space is set aside for the next segment long before it is needed; appends to this one must not find it gone. */
    @Test
    void mostOfADiskSmallerThanASegmentCanBeUsed() throws IOException {
        disk.close();
        disk = Tmpfs.mount(directory, 60);
        byte[] entry = new byte[4 << 10];
        try (Wal wal =
                JWal.open(WalConfig.builder().store(new FileStoreConfig(log())).build())) {
            assertThatThrownBy(() -> {
                        while (true) {
                            wal.append(entry);
                        }
                    })
                    .isInstanceOf(WalFailedException.class);
            assertThat(wal.durableIndex() * entry.length).isGreaterThan(45 << 20);
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** Appends until it fails; returns the last index that was acknowledged. */
    private static long fill(Wal wal) {
        long last = 0;
        try {
            while (true) {
                last = wal.append(content(last + 1));
            }
        } catch (WalFailedException e) {
            assertThat(last).as("entries on the disk").isGreaterThan(2_000);
            return last;
        }
    }

    private static void assertAll(WalReader log, long first, long last) {
        assertThat(log.lastIndex()).isGreaterThanOrEqualTo(last);
        for (long index = first; index <= log.lastIndex(); index++) {
            assertThat(log.read(index)).isEqualTo(content(index));
        }
    }
}
