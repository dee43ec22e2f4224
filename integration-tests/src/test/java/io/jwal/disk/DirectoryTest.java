package io.jwal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Cursor;
import io.jwal.FencedException;
import io.jwal.LogLockedException;
import io.jwal.LogNotFoundException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.process.ChildJvm;
import io.jwal.process.OpenAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are not what they should be, are somebody else's, or go away. */
class DirectoryTest {
    /** Root may write anywhere, unless it gives that right away. */
    private static final List<String> WITHOUT_PRIVILEGES =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    @TempDir
    Path temporary;

    private Path directory;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        directory = temporary.resolve("log");
        config = configure(directory);
    }

    private Path configure(Path place) throws IOException {
        return Files.writeString(
                temporary.resolve("wal-" + place.getFileName() + ".json"),
                "{\"store\": {\"type\": \"file\", \"directory\": \"" + place
                        + "\"}, \"segment\": {\"size\": \"64KiB\"},"
                        + "\"maxEntry\": \"4KiB\", \"maxBatch\": \"4KiB\"}");
    }

    @Test
    void aDirectoryThatIsAFileIsRefused() throws IOException {
        Files.writeString(directory, "a file");

        assertThatThrownBy(() -> JWal.open(config))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining(directory.toString());
        assertThatThrownBy(() -> JWal.openReader(config))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("ot a directory");
        assertThat(directory).hasContent("a file");
    }

    @Test
    void aDanglingLinkIsRefusedAndNothingIsCreated() throws IOException {
        Path nowhere = temporary.resolve("not-mounted");
        Files.createSymbolicLink(directory, nowhere);

        assertThatThrownBy(() -> JWal.open(config)).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> JWal.openReader(config)).isInstanceOf(WalException.class);
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aReaderOfNothingCreatesNothing() {
        assertThatThrownBy(() -> JWal.openReader(config)).isInstanceOf(LogNotFoundException.class);
        assertThat(directory).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotWritableIsReadAndRefusedToAWriter() throws Exception {
        try (Wal wal = JWal.open(config)) {
            wal.append(new byte[] {1});
        }
        setMode("r-xr-xr-x");
        try {
            assertThat(attempt("write"))
                    .startsWith("REFUSED StoreFailedException")
                    .contains("permission denied");
            assertThat(attempt("read")).isEqualTo("OPEN 1 1");
        } finally {
            setMode("rwxr-xr-x");
        }
        assertThat(attempt("write")).isEqualTo("OPEN 1 2");
    }

    private void setMode(String mode) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                String itsMode = Files.isDirectory(file) ? mode : mode.replace('x', '-');
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(itsMode));
            }
        }
    }

    private String attempt(String mode) throws Exception {
        List<String> launcher = "root".equals(System.getProperty("user.name")) ? WITHOUT_PRIVILEGES : List.of();
        try (ChildJvm opener = ChildJvm.startBy(launcher, OpenAttempt.class, config, mode)) {
            String answer = opener.line();
            opener.tell("close");
            opener.exitCode();
            return answer;
        }
    }

    @Test
    void aReadOnlyFileSystemIsReadAndRefusedToAWriter() throws IOException {
        Path mount = Files.createDirectory(temporary.resolve("mount"));
        try (Tmpfs disk = Tmpfs.mount(mount, 4)) {
            Path there = configure(mount.resolve("log"));
            try (Wal wal = JWal.open(there)) {
                wal.append(new byte[] {1});
            }
            disk.makeReadOnly();
            assertThatThrownBy(() -> JWal.open(there))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("read-only");
            try (WalReader reader = JWal.openReader(there)) {
                assertThat(reader.read(1)).containsExactly(1);
            }
            disk.makeWritable();
            try (Wal wal = JWal.open(there)) {
                assertThat(wal.append(new byte[] {2})).isEqualTo(2);
            }
        }
    }

    @Test
    void aLogThatIsOpenInThisProcessIsLocked() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
        Path viaLink = configure(link);
        try (Wal wal = JWal.open(config)) {
            for (Path way : List.of(config, viaLink)) {
                assertThatThrownBy(() -> JWal.open(way))
                        .isInstanceOf(LogLockedException.class)
                        .hasMessageContaining("in this process");
            }
            assertThat(wal.append(new byte[] {1})).isEqualTo(1);
        }
        try (Wal wal = JWal.open(viaLink)) {
            assertThat(wal.read(1)).containsExactly(1);
        }
    }

    @Test
    void aLogThatIsOpenInAnotherProcessIsLockedUntilItIsKilled() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
        Path viaLink = configure(link);
        try (ChildJvm other = ChildJvm.start(OpenAttempt.class, config, "write")) {
            assertThat(other.line()).isEqualTo("OPEN 1 1");
            for (Path way : List.of(config, viaLink)) {
                assertThatThrownBy(() -> JWal.open(way))
                        .isInstanceOf(LogLockedException.class)
                        .hasMessageContaining("another process");
            }
            other.kill();
            other.exitCode();
        }
        try (Wal wal = JWal.open(viaLink)) {
            assertThat(wal.lastIndex()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedOpeningInThisProcessLeavesTheLockAgainstOthers() throws Exception {
        try (Wal wal = JWal.open(config)) {
            wal.append(new byte[] {1});
            assertThatThrownBy(() -> JWal.open(config)).isInstanceOf(LogLockedException.class);
            try (ChildJvm other = ChildJvm.start(OpenAttempt.class, config, "write")) {
                assertThat(other.line()).startsWith("REFUSED LogLockedException");
            }
            assertThat(wal.append(new byte[] {2})).isEqualTo(2);
        }
    }

    @Test
    void aDirectoryMovedAwayUnderAWriterFencesIt() throws IOException {
        Path moved = temporary.resolve("moved");
        long acknowledged;
        try (Wal wal = JWal.open(config)) {
            wal.append(content(1));
            Files.move(directory, moved);
            acknowledged = appendUntilFenced(wal);
            assertThat(wal.read(1)).isEqualTo(content(1));
        }
        assertThat(directory).doesNotExist();
        try (Wal wal = JWal.open(configure(moved))) {
            assertThat(wal.lastIndex()).isGreaterThanOrEqualTo(acknowledged);
            for (long index = 1; index <= wal.lastIndex(); index++) {
                assertThat(wal.read(index)).isEqualTo(content(index));
            }
        }
    }

    @Test
    void aDirectoryReplacedUnderAWriterIsLeftAlone() throws IOException {
        Path moved = temporary.resolve("moved");
        try (Wal old = JWal.open(config)) {
            old.append(content(1));
            Files.move(directory, moved);
            try (Wal fresh = JWal.open(config)) {
                fresh.append(content(7));
                appendUntilFenced(old);
                assertThat(fresh.lastIndex()).isEqualTo(1);
                assertThat(fresh.append(content(8))).isEqualTo(2);
            }
        }
        try (Wal fresh = JWal.open(config)) {
            assertThat(fresh.lastIndex()).isEqualTo(2);
            assertThat(fresh.read(1)).isEqualTo(content(7));
        }
    }

    @Test
    void aDirectoryDeletedUnderAWriterFencesItAndItsFollowers() throws IOException {
        try (Wal wal = JWal.open(config);
                WalReader follower = JWal.openReader(config)) {
            wal.append(content(1));
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            appendUntilFenced(wal);
            try (Cursor cursor = follower.cursor(follower.firstIndex())) {
                while (cursor.next(Duration.ofMillis(100))) {
                    assertThat(cursor.entryBytes()).isEqualTo(content(cursor.index()));
                }
            } catch (WalException e) {
                assertThat(e).isInstanceOfAny(LogNotFoundException.class, StoreFailedException.class);
            }
        }
        assertThat(directory).doesNotExist();
    }

    /** A writer looks now and then whether its directory is still there, so it may go on for a moment. */
    private static long appendUntilFenced(Wal wal) {
        long last = wal.lastIndex();
        try {
            while (true) {
                last = wal.append(content(last + 1));
            }
        } catch (FencedException e) {
            return last;
        }
    }

    @Test
    void foreignFilesAreLeftAloneAndInNobodysWay() throws IOException {
        List<Path> foreign = List.of(
                Path.of("notes.txt"),
                Path.of("segments", "notes.seg"),
                Path.of("segments", "0000000000000001-00000001.seg.bak"),
                Path.of("segments", "0000000000000099-00000001.tmp"),
                Path.of("registers", "notes.txt"),
                Path.of("lost+found", "x"));
        for (int round = 1; round <= 3; round++) {
            try (Wal wal = JWal.open(config)) {
                for (int i = 0; i < 200; i++) {
                    wal.append(content(wal.lastIndex() + 1));
                }
                wal.truncateBefore(wal.lastIndex() - 20);
            }
            for (Path file : foreign) {
                Files.createDirectories(directory.resolve(file).getParent());
                Files.writeString(directory.resolve(file), "foreign");
            }
        }
        try (Wal wal = JWal.open(config)) {
            assertThat(wal.lastIndex()).isEqualTo(600);
            assertThat(wal.read(600)).isEqualTo(content(600));
        }
        for (Path file : foreign) {
            assertThat(directory.resolve(file)).hasContent("foreign");
        }
    }

    private static byte[] content(long index) {
        return ("entry " + index + ".".repeat(700)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
