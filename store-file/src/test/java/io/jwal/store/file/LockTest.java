package io.jwal.store.file;

import static io.jwal.store.file.Stores.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreLockedException;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer, whichever way it comes, and none on a directory that was taken away. */
final class LockTest {
    private static final SegmentId ONE = new SegmentId(1, 1);

    @TempDir
    Path temp;

    private Path directory;
    private Store store;

    @BeforeEach
    void open() {
        directory = temp.resolve("log");
        store = Stores.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aSecondWriterOfThisProcessIsRefused() throws Exception {
        store.claimWriter();
        Path link = Files.createSymbolicLink(temp.resolve("link"), directory);
        for (Path way : List.of(directory, link, temp.resolve("./log"), link.resolve("../log"))) {
            try (Store second = Stores.open(way)) {
                assertThatThrownBy(second::claimWriter)
                        .isInstanceOf(StoreLockedException.class)
                        .hasMessageContaining(way.toString())
                        .hasMessageContaining("this process")
                        .hasMessageContaining("openReader");
            }
        }
        assertThatThrownBy(store::claimWriter).isInstanceOf(StoreLockedException.class);
        assertRefusedElsewhere();
    }

    /** Whatever this process did with the directory, the system still holds its lock. */
    private void assertRefusedElsewhere() throws Exception {
        try (Child child = Child.claiming(directory)) {
            assertThat(child.line())
                    .contains("locked")
                    .contains("another process")
                    .contains("process id " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aSecondClassLoaderOfThisProcessIsRefused() throws Exception {
        store.claimWriter();
        URL own = FileStoreProvider.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader shared = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("io.jwal.store.file.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        try (URLClassLoader other = new URLClassLoader(new URL[] {own}, shared)) {
            Class<?> config = other.loadClass(FileStoreConfig.class.getName());
            assertThat(config).isNotEqualTo(FileStoreConfig.class);
            Object provider = other.loadClass(FileStoreProvider.class.getName())
                    .getConstructor()
                    .newInstance();
            Object settings = config.getConstructor(Path.class).newInstance(directory);
            try (Store second = (Store) provider.getClass()
                    .getMethod("open", config, StoreContext.class)
                    .invoke(provider, settings, new TestContext())) {
                assertThatThrownBy(second::claimWriter).isInstanceOf(StoreLockedException.class);
            }
        }
        assertRefusedElsewhere();
    }

    @Test
    void readingLeavesTheLockAlone() throws Exception {
        store.claimWriter();
        store.writeRegister("manifest", null, bytes("x"));
        store.createSegment(ONE, 0).append(bytes("x"));
        try (Store reader = Stores.open(directory)) {
            reader.readRegister("manifest");
            reader.listSegments();
            reader.openSegment(ONE).close();
        }
        assertRefusedElsewhere();
    }

    @Test
    void anotherProcessHoldsTheLogUntilItDies() throws Exception {
        try (Child child = Child.holding(directory)) {
            assertThat(child.line()).isEqualTo("claimed");
            assertThatThrownBy(store::claimWriter)
                    .isInstanceOf(StoreLockedException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("another process (process id " + child.pid() + ")");
            assertThat(store.listSegments()).isEmpty();
        }
        store.claimWriter();
        store.writeRegister("manifest", null, bytes("x"));
    }

    @Test
    void aDirectoryThatWasMovedFencesItsWriter() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 0);
        Files.move(directory, temp.resolve("elsewhere"));
        assertFenced(writer);
        assertThat(directory).doesNotExist();
    }

    @Test
    void aDirectoryThatWasReplacedFencesItsWriter() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 0);
        Files.move(directory, temp.resolve("elsewhere"));
        try (Store other = Stores.open(directory)) {
            other.claimWriter();
            assertFenced(writer);
            assertThat(other.readRegister("manifest")).isEmpty();
            assertThat(other.listSegments()).isEmpty();
            other.createSegment(ONE, 0).close();
        }
    }

    @Test
    void aLockFileThatWasReplacedFencesTheWriter() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 0);
        Files.delete(directory.resolve("LOCK"));
        assertFenced(writer);
        Files.createFile(directory.resolve("LOCK"));
        assertFenced(writer);
    }

    private void assertFenced(SegmentWriter writer) {
        assertThatThrownBy(() -> store.writeRegister("manifest", null, bytes("x")))
                .isInstanceOf(StoreFencedException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("moved, deleted or replaced");
        assertThatThrownBy(() -> store.createSegment(new SegmentId(1, 2), 0)).isInstanceOf(StoreFencedException.class);
        assertThatThrownBy(() -> store.deleteSegment(ONE)).isInstanceOf(StoreFencedException.class);
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> writer.appendAndSync(bytes("x")))
                        .isInstanceOf(StoreFencedException.class));
    }

    @Test
    void whatIsInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertRefused(file, "is not a directory");
        assertRefused(file.resolve("below"), "file");
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("nowhere"));
        assertRefused(dangling, "symbolic link");
        assertThat(temp.resolve("nowhere")).doesNotExist();
        assertThatThrownBy(() -> Stores.open(dangling).readRegister("manifest"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(dangling.toString());

        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        for (String name : List.of("registers", "segments", "LOCK", "WATERMARK")) {
            Path log = Files.createDirectory(temp.resolve("log-" + name));
            Files.createSymbolicLink(log.resolve(name), elsewhere);
            assertRefused(log, log.resolve(name).toString());
        }
        for (String name : List.of("registers", "segments")) {
            Path log = Files.createDirectory(temp.resolve("other-" + name));
            Files.writeString(log.resolve(name), "mine");
            assertRefused(log, log.resolve(name).toString());
            assertThat(log.resolve(name)).hasContent("mine");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static void assertRefused(Path directory, String said) {
        try (Store refused = Stores.open(directory)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(refused::claimWriter)
                        .isInstanceOf(StoreException.class)
                        .isNotInstanceOf(StoreLockedException.class)
                        .hasMessageContaining(directory.toString())
                        .hasMessageContaining(said);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsLeftOfAStoreThatWasClosed() throws IOException {
        for (int i = 1; i <= 3; i++) {
            try (Store one = Stores.open(directory)) {
                one.claimWriter();
                one.createSegment(new SegmentId(i, 1), 0);
                one.deleteSegment(new SegmentId(i, 1));
            }
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().contains(directory.toString())));
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("io.jwal.store.file"));
    }
}
