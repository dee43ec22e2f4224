package io.jwal.store.file;

import static io.jwal.store.file.Stores.bytes;
import static io.jwal.store.file.Stores.pattern;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreProvider;
import io.jwal.store.VersionConflictException;
import io.jwal.store.WriterClaim;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log's directory looks like, and what can be read back from it. */
final class FileStoreTest {
    private static final SegmentId ONE = new SegmentId(1, 1);

    @TempDir
    Path temp;

    private Path directory;
    private Store store;

    @BeforeEach
    void open() {
        directory = temp.resolve("some/log");
        store = Stores.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void isFoundByItsType() {
        assertThat(ServiceLoader.load(StoreProvider.class))
                .anyMatch(provider -> provider.type().equals("file") && provider.configType() == FileStoreConfig.class);
    }

    @Test
    void openingAndReadingCreateNothing() throws IOException {
        assertThat(store.readRegister("manifest")).isEmpty();
        assertThat(store.listSegments()).isEmpty();
        assertThatThrownBy(() -> store.openSegment(ONE)).isInstanceOf(SegmentNotFoundException.class);
        assertThat(temp.resolve("some")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsMadeWhileItIsLookedForIsNoTrouble() throws IOException {
        int[] looks = {0};
        Disk disk = ScriptedDisk.failing(Stores.realDisk(directory), (call, name) -> {
            if (call == SimulatedDisk.Call.KIND && ++looks[0] == 2) {
                Files.createDirectories(directory);
            }
        });
        try (Store reading = Stores.on(disk)) {
            assertThat(reading.readRegister("manifest")).isEmpty();
            assertThat(looks[0]).isPositive();
        }
    }

    @Test
    void aClaimLaysTheDirectoryOutForItsOwnerAndGroup() throws IOException {
        store.claimWriter();
        store.writeRegister("manifest", null, bytes("x"));
        try (SegmentWriter writer = store.createSegment(ONE, 0)) {
            writer.append(bytes("x"));
        }
        for (String name : new String[] {"", "registers", "segments"}) {
            assertThat(mode(directory.resolve(name))).isEqualTo("rwxr-x---");
        }
        for (String name : new String[] {"LOCK", "WATERMARK", "registers/manifest", "segments/" + ONE + ".seg"}) {
            assertThat(mode(directory.resolve(name))).isEqualTo("rw-r-----");
        }
        assertThat(Files.readString(directory.resolve("LOCK")).strip())
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void registersAreReplacedOnlyByWhoKnowsTheirVersion() throws IOException {
        store.claimWriter();
        Register first = store.writeRegister("state", null, bytes("same"));
        Register second = store.writeRegister("state", first.version(), bytes("same"));
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThatThrownBy(() -> store.writeRegister("state", first.version(), bytes("late")))
                .isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> store.writeRegister("state", null, bytes("late")))
                .isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> store.writeRegister("other", first.version(), bytes("late")))
                .isInstanceOf(VersionConflictException.class);
        Register read = store.readRegister("state").orElseThrow();
        assertThat(read).isEqualTo(second);
        assertThat(UTF_8.decode(read.content()).toString()).isEqualTo("same");
    }

    @Test
    void aDamagedRegisterIsAnErrorAndNeverAbsent() throws IOException {
        store.claimWriter();
        store.writeRegister("manifest", null, bytes("content"));
        Path file = directory.resolve("registers/manifest");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length * 8; i++) {
            byte[] bad = good.clone();
            bad[i / 8] ^= (byte) (1 << i % 8);
            Files.write(file, bad);
            assertThatThrownBy(() -> store.readRegister("manifest"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
        for (int length = 0; length < good.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThatThrownBy(() -> store.readRegister("manifest"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void aSegmentIsReadWhileItIsWrittenAndWhenItIsSealed() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 64 << 10);
        try (SegmentReader reader = store.openSegment(ONE)) {
            assertThat(reader.size()).isZero();
            long at = 0;
            for (int i = 1; i < 400; i++) {
                int length = i * 37 % 5000;
                switch (i % 4) {
                    case 0 -> writer.append(pattern(at, length));
                    case 1 -> writer.appendAndSync(pattern(at, length));
                    case 2 ->
                        writer.append(pattern(at, length / 2), direct(pattern(at + length / 2, length - length / 2)));
                    default ->
                        writer.appendAndSync(
                                pattern(at, length / 2),
                                pattern(at + length / 2, length - length / 2).asReadOnlyBuffer());
                }
                at += length;
                assertThat(writer.position()).isEqualTo(at);
                assertThat(reader.size()).isEqualTo(at);
                assertThat(reader.slice(at - length, length)).isEqualTo(pattern(at - length, length));
                assertThat(reader.claimedSize()).isEqualTo(i % 2 == 1 ? at : reader.claimedSize());
            }
            assertThat(reader.slice(0, (int) at)).isEqualTo(pattern(0, (int) at));
            writer.seal();
            assertThat(Files.size(directory.resolve("segments/" + ONE + ".seg")))
                    .isEqualTo(at);
            ByteBuffer whole = reader.slice(0, (int) at);
            assertThat(whole).isEqualTo(pattern(0, (int) at));
            assertThat(whole.isReadOnly()).isTrue();
            assertThat(whole.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(reader.read(at, ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(() -> reader.slice(reader.size(), 1)).isInstanceOf(EOFException.class);
        }
        writer.close();
        assertThatThrownBy(() -> writer.append(bytes("x"))).isInstanceOf(IOException.class);
    }

    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }

    @Test
    void appendsOfAnySizeArriveAsTheyAre() throws IOException {
        store.claimWriter();
        long at = 0;
        try (SegmentWriter writer = store.createSegment(ONE, 0);
                SegmentReader reader = store.openSegment(ONE)) {
            for (int length : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 5 << 20, 3, 777_777}) {
                for (boolean direct : new boolean[] {false, true}) {
                    ByteBuffer one = pattern(at, length);
                    writer.append(direct ? direct(one) : one);
                    at += length;
                    ByteBuffer two = pattern(at, length);
                    writer.appendAndSync(pattern(at, 0), direct ? direct(two) : two);
                    at += length;
                    writer.sync();
                }
            }
            assertThat(reader.slice(0, (int) at)).isEqualTo(pattern(0, (int) at));
            ByteBuffer copy = ByteBuffer.allocateDirect((int) at + 1);
            assertThat(reader.read(0, copy)).isEqualTo((int) at);
            assertThat(copy.flip()).isEqualTo(pattern(0, (int) at));
        }
    }

    @Test
    void spaceIsSetAsideInStepsAndNotBehindLargeAppends() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 0);
        writer.appendAndSync(pattern(0, 2 << 20));
        writer.appendAndSync(pattern(writer.position(), 100_000));
        writer.append(pattern(writer.position(), 100_000));
        assertThat(store.counters()).containsEntry("bytes.preallocated", 0L);

        writer.appendAndSync(pattern(writer.position(), 1_000));
        assertThat(store.counters().get("bytes.preallocated")).isBetween(1L << 20, (1L << 20) + 4096);
        writer.appendAndSync(pattern(writer.position(), 1_000));
        writer.seal();
        long length = writer.position();
        assertThat(Files.size(directory.resolve("segments/" + ONE + ".seg"))).isEqualTo(length);
        try (SegmentReader reader = store.openSegment(ONE)) {
            assertThat(reader.slice(0, (int) length)).isEqualTo(pattern(0, (int) length));
        }
    }

    @Test
    void viewsOutliveTheReaderAndTheSegment() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 1 << 20);
        writer.append(pattern(0, 1 << 20));
        writer.seal();
        writer.close();
        SegmentReader reader = store.openSegment(ONE);
        ByteBuffer view = reader.slice(0, 1 << 20);
        assertThat(reader.mapped()).isEqualTo(view);
        store.deleteSegment(ONE);
        store.deleteSegment(ONE);
        assertThat(store.counters()).containsEntry("mapped.deleted.bytes", 1L << 20);
        assertThat(reader.slice(0, 1 << 20)).isEqualTo(pattern(0, 1 << 20));
        reader.close();
        assertThat(reader.mapped()).isNull();
        assertThat(view).isEqualTo(pattern(0, 1 << 20));
        assertThatThrownBy(() -> store.openSegment(ONE)).isInstanceOf(SegmentNotFoundException.class);
        assertThat(store.listSegments()).isEmpty();
    }

    @Test
    void aFenceEndsTheWriterAndTheName() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 0);
        writer.append(bytes("x"));
        store.fenceSegment(ONE);
        store.fenceSegment(ONE);
        assertThatThrownBy(() -> writer.append(bytes("y"))).isInstanceOf(StoreFencedException.class);
        assertThatThrownBy(writer::sync).isInstanceOf(StoreFencedException.class);
        store.deleteSegment(ONE);
        assertThatThrownBy(() -> store.createSegment(ONE, 0)).isInstanceOf(SegmentExistsException.class);
        SegmentId never = new SegmentId(1, 2);
        store.fenceSegment(never);
        assertThatThrownBy(() -> store.createSegment(never, 0)).isInstanceOf(SegmentExistsException.class);
        assertThat(store.listSegments()).isEmpty();
    }

    @Test
    void aClaimGivenBackEndsItsWriters() throws IOException {
        WriterClaim claim = store.claimWriter();
        SegmentWriter writer = store.createSegment(ONE, 0);
        writer.append(bytes("x"));
        claim.close();
        claim.close();
        assertThatThrownBy(() -> writer.append(bytes("y"))).hasMessageContaining("given back");
        assertThatThrownBy(() -> store.writeRegister("manifest", null, bytes("x")))
                .hasMessageContaining("given back");
        store.claimWriter();
        try (SegmentReader reader = store.openSegment(ONE)) {
            assertThat(reader.slice(0, 1).get()).isEqualTo((byte) 'x');
        }
    }

    @Test
    void foreignFilesAreLeftAlone() throws IOException {
        store.claimWriter().close();
        Path[] foreign = {
            directory.resolve("notes.txt"),
            directory.resolve("registers/README"),
            directory.resolve("registers/.hidden"),
            directory.resolve("segments/lost+found"),
            directory.resolve("segments/0000000000000001-0000000g.seg"),
            directory.resolve("segments/0000000000000000-00000000.seg"),
        };
        for (Path path : foreign) {
            Files.writeString(path, "mine");
        }
        Files.createDirectory(directory.resolve("registers/subdirectory"));
        store.claimWriter();
        store.createSegment(ONE, 0).close();
        assertThat(store.listSegments()).containsExactly(ONE);
        store.deleteSegment(ONE);
        assertThat(foreign).allSatisfy(path -> assertThat(path).hasContent("mine"));
        try (Stream<Path> left = Files.list(directory.resolve("segments"))) {
            assertThat(left).hasSize(3);
        }
    }
}
