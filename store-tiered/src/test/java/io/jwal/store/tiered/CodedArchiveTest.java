package io.jwal.store.tiered;

import static io.jwal.store.tiered.Machine.awaitArchived;
import static io.jwal.store.tiered.Machine.keys;
import static io.jwal.store.tiered.Machine.range;
import static io.jwal.store.tiered.Machine.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.StoreFailedException;
import io.jwal.UnsupportedFormatException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.core.WalConfig;
import io.jwal.store.Secret;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreKeyException;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tiered.ArchiveReport.Standing;
import io.jwal.store.tiered.blocks.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Copies that are compressed, encrypted, or both, when that changes, and when a key is not there. */
class CodedArchiveTest {
    private final Machine machine = Machine.fresh().keepingNothingHot();

    private void append(int count) {
        try (Wal wal = machine.open()) {
            machine.append(wal, count);
        }
    }

    private void append(int count, ArchiveCompression compression, ArchiveEncryption encryption) {
        machine.coded(compression, encryption);
        append(count);
    }

    /** Two entries each in the clear, compressed in both ways, encrypted with a key, and both with another. */
    private void mix() {
        append(2);
        append(2, ArchiveCompression.DEFLATE, null);
        append(2, ArchiveCompression.ZSTD, keys("none", "a"));
        append(2, ArchiveCompression.NONE, keys("a", "a"));
        append(2, ArchiveCompression.AUTO, keys("b", "a", "b"));
    }

    private List<Encoding> encodings() {
        return machine.archived().orElseThrow().copies().stream()
                .flatMap(copy -> copy.pieces().stream())
                .map(Copy.Piece::encoding)
                .toList();
    }

    private ArchiveReport report(boolean verify) throws IOException {
        try (Store hot = machine.hot.open();
                Store archive = machine.archive.open()) {
            return verify
                    ? ArchiveReport.verify(hot, archive, machine.keys(), done -> {})
                    : ArchiveReport.look(hot, archive, machine.keys());
        }
    }

    @Test
    void copiesOfEveryKindAreReadSideBySide() throws IOException {
        mix();
        assertThat(encodings())
                .containsExactly(
                        Encoding.PLAIN,
                        Encoding.PLAIN,
                        new Encoding(true, ""),
                        new Encoding(true, ""),
                        new Encoding(true, ""),
                        new Encoding(true, ""),
                        new Encoding(true, "a"),
                        new Encoding(true, "a"),
                        new Encoding(true, "b"),
                        new Encoding(true, "b"));
        append(1, ArchiveCompression.NONE, keys("none", "b", "a")); // switched off, and all keys are there
        try (Wal wal = machine.open()) {
            assertThat(told(wal)).isEqualTo(range(1, 11));
            try (WalReader follower = machine.reader();
                    WalReader archive = machine.archiveReader()) {
                assertThat(told(follower)).isEqualTo(range(1, 11));
                assertThat(told(archive)).isEqualTo(range(1, 11));
            }
        }
        for (ArchiveReport report : List.of(report(false), report(true))) {
            assertThat(report.count(Standing.FOUND)).isEqualTo(11);
            assertThat(report.keys()).isEqualTo(Map.of("a", 2, "b", 2));
        }
        Machine next = machine.replacement();
        try (Wal wal = next.open(OpenOption.takeover())) {
            assertThat(told(wal)).isEqualTo(range(1, 11));
        }
    }

    @Test
    void nothingOfAnEntryIsInTheClear() throws IOException {
        append(3, ArchiveCompression.NONE, keys("a", "a"));
        try (Store archive = machine.archive.open()) {
            for (var id : archive.listSegments()) {
                try (SegmentReader reader = archive.openSegment(id)) {
                    String text = StandardCharsets.ISO_8859_1
                            .decode(reader.slice(0, (int) reader.size()))
                            .toString();
                    assertThat(text).doesNotContain("xxxxxxxx").doesNotContain("JWALSEG1");
                }
            }
        }
    }

    @Test
    void whatIsCompressedIsSmaller() throws IOException {
        append(3, ArchiveCompression.DEFLATE, null);
        try (Store archive = machine.archive.open()) {
            for (var id : archive.listSegments()) {
                try (SegmentReader reader = archive.openSegment(id)) {
                    assertThat(reader.size()).isLessThan(500);
                }
            }
        }
        assertThat(machine.archived().orElseThrow().copies())
                .allMatch(copy -> copy.bytes() == copy.segment().bytes());
    }

    /** Nothing is damaged, and with the key everything is there again. */
    @Test
    void anEntryWhoseKeyIsMissingIsNotReadAndTheOthersAre() throws IOException {
        mix();
        machine.coded(ArchiveCompression.NONE, keys("b", "b"));
        try (Wal wal = machine.open()) {
            assertThatThrownBy(() -> wal.read(7))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("entry 7")
                    .hasMessageContaining("the key \"a\", which is not configured; add it to store.encryption.keys")
                    .cause()
                    .isInstanceOfSatisfying(
                            StoreKeyException.class, e -> assertThat(e.keyId()).isEqualTo("a"));
            for (long index : new long[] {1, 3, 5, 6, 9, 10}) {
                assertThat(wal.read(index)).isEqualTo(Machine.entry(index));
            }
            machine.append(wal, 1);
        }
        for (ArchiveReport report : List.of(report(false), report(true))) {
            assertThat(report.count(Standing.LOCKED)).isEqualTo(2);
            assertThat(report.count(Standing.FOUND)).isEqualTo(9);
            assertThat(report.keys()).isEqualTo(Map.of("a", 2, "b", 3));
        }
        machine.coded(ArchiveCompression.NONE, keys("b", "a", "b"));
        try (Wal wal = machine.open()) {
            assertThat(told(wal)).isEqualTo(range(1, 11));
        }
    }

    @Test
    void verificationFindsWhatIsDamagedAndWhatIsLocked() throws IOException {
        mix();
        ArchiveManifest archived = machine.archived().orElseThrow();
        for (int number : new int[] {3, 8}) {
            machine.archive.flip(archived.copies().get(number).pieces().get(0).id(), 90, 1);
        }
        machine.coded(ArchiveCompression.NONE, wrong("a"));
        ArchiveReport report = report(true);
        assertThat(report.segments())
                .extracting(ArchiveReport.Segment::standing)
                .containsExactly(
                        Standing.FOUND,
                        Standing.FOUND,
                        Standing.FOUND,
                        Standing.LOST,
                        Standing.FOUND,
                        Standing.FOUND,
                        Standing.LOCKED,
                        Standing.LOCKED,
                        Standing.LOST,
                        Standing.LOCKED);
        assertThat(report.segments().get(6).problem()).contains("the key \"a\" does not open segment");
        assertThat(report.segments().get(9).problem()).contains("the key \"b\", which is not configured");
    }

    @Test
    void whatADiskCannotReadIsNotLocked() throws IOException {
        append(1, ArchiveCompression.NONE, keys("a", "a"));
        machine.archive
                .faults()
                .fail(StoreOperation.OPEN, 2, Fault.ioError()); // its digest is right; it is opened again
        ArchiveReport.Segment found = report(true).segments().get(0);
        assertThat(found.standing()).isEqualTo(Standing.LOST);
        assertThat(found.problem()).contains("cannot be read");
    }

    /** Only what wrote it can open it; nothing else in the report suffers. */
    @Test
    void whatANewerVersionWroteIsLocked() throws IOException {
        append(2, ArchiveCompression.NONE, keys("a", "a"));
        rewriteAsNewer(machine);
        assertThat(report(true).segments())
                .extracting(ArchiveReport.Segment::standing)
                .containsExactly(Standing.LOCKED, Standing.FOUND);
    }

    @Test
    void ofADamagedHotCopyTheDiskIsToldAlsoWhenTheArchivesIsOfANewerVersion() throws IOException {
        Machine kept = Machine.fresh().coded(ArchiveCompression.NONE, keys("a", "a"));
        try (Wal wal = kept.open()) {
            kept.append(wal, 2);
        }
        rewriteAsNewer(kept);
        try (WalReader reader = kept.reader()) {
            kept.hot.faults().fail(StoreOperation.READ, 1, Fault.ioError().forGood());
            assertThatThrownBy(() -> reader.read(1))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("planned fault")
                    .cause()
                    .satisfies(disk -> assertThat(disk.getSuppressed())
                            .hasAtLeastOneElementOfType(UnsupportedFormatException.class));
        }
    }

    /** Writes the first copy once more, as a newer version would. */
    private static void rewriteAsNewer(Machine machine) throws IOException {
        ArchiveManifest named = machine.archived().orElseThrow();
        Copy first = named.copies().get(0);
        Copy.Piece old = first.pieces().get(0);
        try (Store archive = machine.archive.open()) {
            archive.claimWriter();
            ByteBuffer bytes = ByteBuffer.allocate(100_000).order(ByteOrder.LITTLE_ENDIAN);
            try (SegmentReader reader = archive.openSegment(old.id())) {
                bytes.put(reader.slice(0, (int) reader.size())).flip();
            }
            bytes.putInt(8, 2);
            int length = bytes.getInt(12);
            CRC32C crc = new CRC32C();
            crc.update(bytes.slice(0, length - 4));
            bytes.putInt(length - 4, (int) crc.getValue());
            MessageDigest digest = Uploads.sha256();
            digest.update(bytes.duplicate());
            SegmentId newer = new SegmentId(named.epoch(), 1_000);
            try (SegmentWriter writer = archive.createSegment(newer, 0)) {
                writer.append(bytes);
                writer.sync();
                writer.seal();
            }
            Copy.Piece piece = new Copy.Piece(newer, old.bytes(), Uploads.hex(digest), old.encoding());
            ArchiveManifest renamed = new ArchiveManifest(
                    named.epoch(),
                    named.hotId(),
                    named.firstIndex(),
                    named.image(),
                    named.state(),
                    List.of(
                            new Copy(first.segment(), List.of(piece)),
                            named.copies().get(1)));
            archive.writeRegister(
                    ArchiveManifest.REGISTER,
                    archive.readRegister(ArchiveManifest.REGISTER).orElseThrow().version(),
                    renamed.encode());
        }
    }

    private static ArchiveEncryption wrong(String id) {
        ArchiveKey another = keys("z", "z").keys().get(0);
        return new ArchiveEncryption(id, List.of(new ArchiveKey(id, another.key(), null)));
    }

    @Test
    void damageOfABlockHarmsItsEntriesAlone() throws IOException {
        append(5, ArchiveCompression.NONE, keys("a", "a"));
        Copy second = machine.archived().orElseThrow().copies().get(1);
        machine.archive.flip(second.pieces().get(0).id(), 1_000, 1);
        try (WalReader reader = machine.archiveReader()) {
            assertThatThrownBy(() -> reader.read(2)).isInstanceOf(CorruptLogException.class);
            for (long index : new long[] {1, 3, 4, 5}) {
                assertThat(reader.read(index)).isEqualTo(Machine.entry(index));
            }
        }
    }

    /** The index of the segment is in that block, too. */
    @Test
    void damageOfTheLastBlockHarmsItsEntriesAlone() throws IOException {
        try (Wal wal = machine.coded(ArchiveCompression.NONE, keys("a", "a")).open()) {
            wal.appendAll(Collections.nCopies(3, new byte[500 << 10]));
        }
        SegmentId piece =
                machine.archived().orElseThrow().copies().get(0).pieces().get(0).id();
        machine.archive.flip(piece, 1_500_000, 1);
        try (WalReader reader = machine.archiveReader()) {
            assertThat(reader.read(1)).hasSize(500 << 10);
            assertThat(reader.read(2)).hasSize(500 << 10);
            assertThatThrownBy(() -> reader.read(3)).isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    void aTakeoverWithoutTheKeysIsRefusedBeforeAnythingIsChanged() {
        append(4, ArchiveCompression.AUTO, keys("a", "a"));
        Map<String, String> before = machine.archive.describe();
        Machine next = machine.replacement();
        for (ArchiveEncryption encryption : List.of(keys("b", "b"), wrong("a"))) {
            next.coded(ArchiveCompression.NONE, encryption);
            assertThatThrownBy(() -> next.open(OpenOption.takeover()))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("the key \"a\"")
                    .hasCauseInstanceOf(StoreKeyException.class);
            assertThat(next.hot.describe()).isEmpty();
            assertThat(machine.archive.describe()).isEqualTo(before);
        }
        next.coded(ArchiveCompression.NONE, keys("b", "a", "b"));
        try (Wal wal = next.open(OpenOption.takeover())) {
            assertThat(told(wal)).isEqualTo(range(1, 4));
        }
    }

    @Test
    void aHotCopyStaysWhileTheArchivesCannotBeOpened() {
        Machine kept = Machine.fresh().coded(ArchiveCompression.NONE, keys("a", "a"));
        try (Wal wal = kept.open()) {
            kept.append(wal, 3);
        }
        kept.keepingNothingHot().coded(ArchiveCompression.NONE, keys("b", "b"));
        try (Wal wal = kept.open()) {
            kept.append(wal, 1);
        }
        try (Wal wal = kept.open()) {
            assertThat(told(wal)).isEqualTo(range(1, 4));
        }
        assertThat(Machine.segments(kept.hot)).hasSize(4);
        kept.coded(ArchiveCompression.NONE, keys("b", "a", "b"));
        try (Wal wal = kept.open()) {
            Machine.await(() -> Machine.segments(kept.hot).isEmpty());
            assertThat(told(wal)).isEqualTo(range(1, 4));
        }
    }

    @Test
    void aDamagedHotCopyIsReadWhileTheArchivesCannotBeOpened() throws IOException {
        Machine kept = Machine.fresh().coded(ArchiveCompression.NONE, keys("a", "a"));
        try (Wal wal = kept.open()) {
            for (int i = 0; i < 3; i++) {
                Machine.appendShort(wal);
            }
        }
        int second = 64 + 64 + 40 + 8; // behind the segment's header, a batch, and what heads batch and entry
        kept.hot.flip(Machine.segments(kept.hot).get(0), second, 1);
        kept.coded(ArchiveCompression.NONE, null);
        try (Wal wal = kept.open()) {
            assertThatThrownBy(() -> wal.read(2)).isInstanceOf(CorruptLogException.class);
            assertThat(toldAt(wal, 1)).isEqualTo(1);
            assertThat(toldAt(wal, 3)).isEqualTo(3);
        }
        kept.coded(ArchiveCompression.NONE, keys("a", "a"));
        try (Wal wal = kept.open()) {
            assertThat(told(wal)).isEqualTo(range(1, 3));
        }
    }

    private static long toldAt(Wal wal, long index) {
        return Long.parseLong(new String(wal.read(index), StandardCharsets.UTF_8).split(" ")[0]);
    }

    @Test
    void aTakeoverNeedsTheOldestAndTheNewestPieceOfEachKey() {
        append(2, ArchiveCompression.NONE, keys("a", "a"));
        append(1, ArchiveCompression.NONE, wrong("a")); // the same id, and another key
        Machine next = machine.replacement();
        for (ArchiveEncryption encryption : List.of(keys("a", "a"), wrong("a"))) {
            next.coded(ArchiveCompression.NONE, encryption);
            assertThatThrownBy(() -> next.open(OpenOption.takeover()))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("the key \"a\" does not open segment");
            assertThat(next.hot.describe()).isEmpty();
        }
    }

    @Test
    void aTakeoverTriesNoOtherPieceWhileTheArchiveIsAway() {
        append(3, ArchiveCompression.NONE, keys("a", "a"));
        Map<String, String> before = machine.archive.describe();
        Machine next = machine.replacement();
        for (StoreOperation operation : List.of(StoreOperation.OPEN, StoreOperation.READ)) {
            next.archive.faults().fail(operation, 1, Fault.ioError().forGood());
            long tried = next.archive.faults().calls(operation);
            assertThatThrownBy(() -> next.open(OpenOption.takeover()))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("planned fault");
            assertThat(next.archive.faults().calls(operation)).isEqualTo(tried + 1);
            next.archive.faults().clear();
            assertThat(next.hot.describe()).isEmpty();
            assertThat(machine.archive.describe()).isEqualTo(before);
        }
        try (Wal wal = next.open(OpenOption.takeover())) {
            assertThat(told(wal)).isEqualTo(range(1, 3));
        }
    }

    @Test
    void aTakeoverNeedsOnePieceOfEachKeyThatIsNotLost() throws IOException {
        append(3, ArchiveCompression.NONE, keys("a", "a"));
        List<Copy> copies = machine.archived().orElseThrow().copies();
        machine.archive.lose(copies.get(0).pieces().get(0).id());
        machine.archive.flip(copies.get(2).pieces().get(0).id(), 20, 1); // its header
        try (Wal wal = machine.replacement().open(OpenOption.takeover())) {
            assertThat(wal.read(2)).isEqualTo(Machine.entry(2));
        }
        machine.archive.lose(copies.get(1).pieces().get(0).id());
        machine.archive.lose(copies.get(2).pieces().get(0).id());
        Machine next = machine.replacement();
        assertThatThrownBy(() -> next.open(OpenOption.takeover()))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("nothing proves the key");
        assertThat(next.hot.describe()).isEmpty();
    }

    @Test
    void nothingIsSalvagedAwayForWantOfAKey() {
        Machine next = takenOverWithoutACopy();
        next.coded(ArchiveCompression.NONE, null);
        assertNotSalvaged(next, "the key \"b\"");
        next.coded();
        assertThatAllIsThere(next);
    }

    @Test
    void nothingIsSalvagedAwayForAnArchiveThatIsAway() {
        Machine next = takenOverWithoutACopy();
        next.archive.traits(own -> StoreTraits.remoteDefaults());
        for (StoreOperation operation : List.of(StoreOperation.OPEN, StoreOperation.READ)) {
            next.archive.faults().fail(operation, 1, Fault.ioError().forGood());
            assertNotSalvaged(next, "the archive cannot be read now");
            next.archive.faults().clear();
        }
        assertThatAllIsThere(next);
    }

    /** The tail is in the archive alone: after the takeover there was no room for its entries. */
    private Machine takenOverWithoutACopy() {
        machine.coded().shipping(Duration.ofMillis(10)).closeWait(Duration.ZERO);
        Wal wal = machine.open();
        machine.append(wal, 4);
        awaitArchived(wal, 4);
        machine.hot.kill();
        assertThatThrownBy(wal::close).isInstanceOf(RuntimeException.class);
        Machine next = machine.replacement();
        next.hot.faults().fail(StoreOperation.CREATE, 1, Fault.ioError().forGood());
        Optional<String> failed = openAndClose(next, OpenOption.takeover());
        assertThat(failed).isPresent();
        next.hot.faults().clear();
        return next;
    }

    private static void assertNotSalvaged(Machine machine, String why) {
        WalConfig salvaging = machine.config().toBuilder()
                .onCorruption(WalConfig.OnCorruption.SALVAGE)
                .build();
        assertThatThrownBy(() -> JWal.open(salvaging))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("no entry was harmed");
    }

    private static void assertThatAllIsThere(Machine machine) {
        try (Wal again = machine.open()) {
            assertThat(told(again)).isEqualTo(range(1, 4));
            assertThat(again.stats().segments().quarantined()).isZero();
        }
    }

    private static Optional<String> openAndClose(Machine machine, OpenOption option) {
        try (Wal wal = machine.open(option)) {
            wal.append(Machine.entry(wal.lastIndex() + 1));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void aTailMayConsistOfPiecesOfEveryKind() {
        machine.shipping(Duration.ofMillis(10)).closeWait(Duration.ZERO).coded(ArchiveCompression.NONE, keys("a", "a"));
        try (Wal wal = machine.open()) {
            machine.append(wal, 2);
            awaitArchived(wal, 2);
            Machine.appendShort(wal);
            awaitArchived(wal, 3);
            machine.hot.kill();
        } catch (RuntimeException e) {
            assertThat(e).as("the machine is dead").isNotNull();
        }
        assertThat(encodings()).contains(new Encoding(true, "a"));
        Machine next = machine.replacement().coded(ArchiveCompression.DEFLATE, keys("b", "a", "b"));
        try (Wal wal = next.open(OpenOption.takeover())) {
            assertThat(told(wal)).isEqualTo(range(1, 3));
        }
    }

    @Test
    void keysAreNeverPrinted() {
        ArchiveEncryption encryption = keys("a", "a", "b");
        String secret = encryption.keys().get(0).key().reveal();
        machine.coded(ArchiveCompression.NONE, encryption);
        assertThat(List.of(encryption.toString(), machine.config().toString()))
                .noneMatch(text -> text.contains(secret));
        assertThatThrownBy(() -> new ArchiveKey("a", new Secret(secret + "0"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(secret);
    }
}
