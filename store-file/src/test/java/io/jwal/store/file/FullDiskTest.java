package io.jwal.store.file;

import static io.jwal.store.file.Stores.bytes;
import static io.jwal.store.file.Stores.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 4 MiB that really fills up, and one that is mounted read-only. */
final class FullDiskTest {
    @TempDir
    Path temp;

    private Path mount;

    @BeforeEach
    void mount() throws Exception {
        mount = Files.createDirectory(temp.resolve("mount"));
        String failure = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount.toString());
        if (!failure.isEmpty()) {
            System.err.println(
                    "#### NOT TESTED: a full disk and a read-only one, because a tmpfs cannot be mounted here ("
                            + failure.strip() + "). Run this test as root on Linux. ####");
            Assumptions.abort("cannot mount a tmpfs: " + failure);
        }
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", mount.toString());
    }

    /** What the command complains about; nothing when it worked. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                return "it hangs";
            }
            return process.exitValue() == 0 ? "" : output + " ";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Test
    void aFullDiskIsReadAndEmptiedAgain() throws IOException {
        Path directory = mount.resolve("log");
        long segments;
        try (Store store = Stores.open(directory)) {
            store.claimWriter();
            store.writeRegister("manifest", null, pattern(0, 5000));
            segments = fill(store);
            Register manifest = store.readRegister("manifest").orElseThrow();
            store.writeRegister("manifest", manifest.version(), pattern(1, 5000));
        }
        assertThat(segments).isGreaterThan(2);
        for (int restart = 0; restart < 3; restart++) {
            try (Store store = Stores.open(directory)) {
                store.claimWriter();
                Register manifest = store.readRegister("manifest").orElseThrow();
                assertThat(manifest.content()).isEqualTo(pattern(1 + restart, 5000));
                store.writeRegister("manifest", manifest.version(), pattern(2 + restart, 5000));
            }
        }
        try (Store store = Stores.open(directory)) {
            store.claimWriter();
            Register manifest = store.readRegister("manifest").orElseThrow();
            store.writeRegister("manifest", manifest.version(), pattern(9, 5000));
            for (SegmentId id : store.listSegments()) {
                try (SegmentReader reader = store.openSegment(id)) {
                    assertThat(reader.slice(0, 1000)).isEqualTo(pattern(0, 1000));
                }
                store.deleteSegment(id);
            }
            // The space of what was read is mapped still; the store gets it back before it gives up.
            assertThat(fill(store)).isGreaterThan(2);
        }
    }

    /** A log that sets little aside would not notice before an append finds no room, which ends it. */
    @Test
    void whatDeletedSegmentsHoldComesBackBeforeItIsMissed() throws IOException {
        try (Store store = Stores.open(mount.resolve("log"))) {
            store.claimWriter();
            for (int i = 1; i <= 3; i++) {
                SegmentId id = new SegmentId(1, i);
                try (SegmentWriter writer = store.createSegment(id, 0)) {
                    appendKilobytes(writer, 1000);
                    writer.seal();
                }
                try (SegmentReader reader = store.openSegment(id)) {
                    assertThat(reader.slice(0, 1000)).isEqualTo(pattern(0, 1000));
                }
            }
            for (SegmentId id : store.listSegments()) {
                store.deleteSegment(id);
            }
            try (SegmentWriter writer = store.createSegment(new SegmentId(1, 4), 64 << 10)) {
                appendKilobytes(writer, 2000);
            }
        }
    }

    private static void appendKilobytes(SegmentWriter writer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            writer.append(pattern(writer.position(), 1000));
        }
        writer.sync();
    }

    /** Appends until the disk is full; the number of segments begun. */
    private static int fill(Store store) throws IOException {
        for (int i = 1; ; i++) {
            SegmentWriter writer;
            try {
                writer = store.createSegment(new SegmentId(System.nanoTime(), i), 1 << 20);
            } catch (StoreFullException e) {
                return i;
            }
            try (writer) {
                for (int j = 0; j < 1024; j++) {
                    writer.appendAndSync(pattern(writer.position(), 1000));
                }
                writer.seal();
            } catch (StoreFullException e) {
                assertThat(e).hasMessageContaining("no space left").hasMessageContaining("truncateBefore");
                assertThatThrownBy(() -> writer.appendAndSync(bytes("x"))).isInstanceOf(IOException.class);
                return i;
            }
        }
    }

    @Test
    void aReadOnlyFileSystemIsRead() throws Exception {
        Path directory = mount.resolve("log");
        SegmentId sealed = new SegmentId(1, 1);
        SegmentId open = new SegmentId(1, 2);
        try (Store store = Stores.open(directory)) {
            store.claimWriter();
            store.writeRegister("manifest", null, bytes("x"));
            store.createSegment(open, 0).appendAndSync(pattern(0, 1000));
            try (SegmentWriter writer = store.createSegment(sealed, 0)) {
                writer.append(pattern(0, 1000));
                writer.seal();
            }
        }
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isEmpty();
        try (Store store = Stores.open(directory)) {
            assertThatThrownBy(store::claimWriter)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("read-only")
                    .hasMessageContaining("openReader");
            assertThat(store.readRegister("manifest")).isPresent();
            assertThat(store.listSegments()).containsExactly(sealed, open);
            for (SegmentId id : store.listSegments()) {
                try (SegmentReader reader = store.openSegment(id)) {
                    assertThat(reader.size()).isEqualTo(1000);
                    assertThat(reader.slice(0, 1000)).isEqualTo(pattern(0, 1000));
                }
            }
        }
    }
}
