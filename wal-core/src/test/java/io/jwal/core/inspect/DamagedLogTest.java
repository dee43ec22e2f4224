package io.jwal.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.Verification;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreCall;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tck.simulator.Watermark;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogMediaResolver.class)
class DamagedLogTest {
    /** Held, for the JDK forgets levels of loggers that nobody holds. */
    private static final Logger ENGINE = Logger.getLogger("io.jwal");

    private final LogMedia media;
    private final InspectedLog log;

    DamagedLogTest(LogMedia media) {
        this.media = media;
        log = new InspectedLog(media.next());
    }

    @BeforeAll
    static void keepWarningsQuiet() {
        ENGINE.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void showWarningsAgain() {
        ENGINE.setLevel(null);
    }

    @Test
    void everyFlippedBitOfASealedSegmentIsFound() throws IOException {
        log.write(1, 5);
        LogManifest.Segment sealed = log.segments().get(0);
        assertThat(sealed.is(LogManifest.State.SEALED)).isTrue();
        assertThat(log.verify().isSound()).isTrue();
        for (long run : media.runs(sealed.bytes() * 8, 0).toArray()) {
            int position = (int) (run - 1) / 8;
            int bit = (int) (run - 1) % 8;
            log.medium.flip(sealed.id(), position, 1 << bit);
            Verification found = log.verify();
            assertThat(found.findings())
                    .as("bit " + bit + " of byte " + position)
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.segment()).contains(sealed.id()));
            log.medium.flip(sealed.id(), position, 1 << bit);
        }
        assertThat(log.verify().isSound()).isTrue();
    }

    @Test
    void everyFlippedByteOfAnOpenSegmentIsFound() throws IOException {
        Wal writing = log.open();
        InspectedLog.append(writing, 1, 5);
        LogManifest.Segment open = log.segments().get(0);
        log.medium.kill();
        assertThat(log.verify().isSound()).isTrue();
        for (long run : media.runs(64 + 5 * 56, 0).toArray()) {
            int position = (int) run - 1;
            log.medium.flip(open.id(), position, 0x10);
            assertThat(log.verify().findings()).as("byte " + position).isNotEmpty();
            log.medium.flip(open.id(), position, 0x10);
        }
    }

    @Test
    void everyLengthThatASegmentIsCutToIsFound() throws IOException {
        log.write(1, 5);
        LogManifest.Segment sealed = log.segments().get(0);
        for (long cut : media.runs(sealed.bytes(), 0).toArray()) {
            int length = (int) (sealed.bytes() - cut);
            log.medium.cut(sealed.id(), length);
            assertThat(log.verify().findings()).as("cut to " + length).isNotEmpty();
        }
    }

    @Test
    void aMissingSegmentIsFoundAndTheOthersAreVerified() throws IOException {
        log.write(1, 200).write(201, 400).write(401, 500); // a segment each, however busy the machine is
        List<LogManifest.Segment> segments = log.segments();
        LogManifest.Segment lost = segments.get(1);
        log.medium.lose(lost.id());
        Verification found = log.verify();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.segment()).contains(lost.id());
            assertThat(finding.what()).contains("missing");
        });
        assertThat(found.entries()).isEqualTo(500 - (lost.lastIndex() - lost.firstIndex() + 1));
        assertThat(found.lastIndex()).isEqualTo(500);
        assertThat(found.digest()).isNull();
    }

    @Test
    void aDamagedEntryIsNamedByItsPlace() throws IOException {
        log.medium.needs(LogMedium.Ability.HURT_ONE_BYTE);
        log.write(1, 5);
        LogManifest.Segment sealed = log.segments().get(0);
        int contentOfFirst = 64 + 40 + 8;
        log.medium.flip(sealed.id(), contentOfFirst, 1);
        Verification found = log.verify();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.index()).hasValue(1);
            assertThat(finding.offset()).hasValue(64 + 40);
            assertThat(finding)
                    .hasToString("segment " + sealed.id()
                            + ", offset 104, index 1: the checksum of the entry does not match");
        });
        assertThat(found.entries()).isEqualTo(4);
        assertThat(found.digest()).isNull();
    }

    @Test
    void aDamagedHeaderOfASealedSegmentHarmsNoEntry() throws IOException {
        log.medium.needs(LogMedium.Ability.HURT_ONE_BYTE);
        log.write(1, 5);
        String digest = log.verify().digest();
        log.medium.flip(log.segments().get(0).id(), 40, 1);
        Verification found = log.verify();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).hasValue(0);
            assertThat(finding.what()).contains("the header does not verify", "no entry is hurt");
        });
        assertThat(found.entries()).isEqualTo(5);
        assertThat(found.digest()).isEqualTo(digest);
        try (WalReader reader = log.reader()) {
            assertThat(reader.read(1)).asString().isEqualTo("e1");
            assertThat(reader.read(5)).asString().isEqualTo("e5");
        }
    }

    @Test
    void withHeaderAndTrailerDamagedNobodyKnowsWhatTheSegmentIs() throws IOException {
        log.medium.needs(LogMedium.Ability.HURT_ONE_BYTE);
        log.write(1, 5);
        LogManifest.Segment sealed = log.segments().get(0);
        log.medium.flip(sealed.id(), 40, 1);
        log.medium.flip(sealed.id(), (int) sealed.bytes() - 1, 1);
        assertThat(log.verify().findings())
                .anySatisfy(finding -> assertThat(finding.what()).contains("its entries cannot be read"));
        try (WalReader reader = log.reader()) {
            assertThatThrownBy(() -> reader.read(1)).isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    void openingASealedSegmentReadsOnlyItsEnd() {
        log.write(1, 5);
        assertThat(log.segments().get(0).is(LogManifest.State.SEALED)).isTrue();
        try (WalReader reader = log.reader()) {
            log.medium.faults().clearTrace();
            assertThat(reader.read(3)).asString().isEqualTo("e3");
            assertThat(log.medium.faults().trace())
                    .filteredOn(call -> call.operation() == StoreOperation.READ)
                    .extracting(StoreCall::bytes)
                    .containsExactly(80L, 48L, 56L); // trailer, index, the entry and what is between it and the next
        }
    }

    @Test
    void entriesBehindADamagedHeaderAreStillRead() throws IOException {
        log.medium.needs(LogMedium.Ability.HURT_ONE_BYTE);
        log.write(1, 5);
        String digest = log.verify().digest();
        log.medium.flip(log.segments().get(0).id(), 64, 1);
        Verification found = log.verify();
        assertThat(found.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("no batch verifies here"));
        assertThat(found.entries()).isEqualTo(5);
        assertThat(found.digest()).isEqualTo(digest);
    }

    @Test
    void aDamagedIndexHurtsNoEntry() throws IOException {
        log.medium.needs(LogMedium.Ability.HURT_ONE_BYTE);
        log.write(1, 5);
        LogManifest.Segment sealed = log.segments().get(0);
        String digest = log.verify().digest();
        log.medium.flip(sealed.id(), (int) sealed.bytes() - 100, 1);
        Verification found = log.verify();
        assertThat(found.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("can be rebuilt"));
        assertThat(found.digest()).isEqualTo(digest);
    }

    @Test
    void acknowledgedEntriesThatAreGoneAreDamageEvenAtTheEnd() throws IOException {
        log.medium.watermark(Watermark.INTACT);
        Wal writing = log.open();
        InspectedLog.append(writing, 1, 5);
        SegmentId hot = log.segments().get(0).id();
        log.medium.kill();
        log.medium.cut(hot, 64 + 4 * 56);
        Verification found = log.verify();
        assertThat(found.lastIndex()).isEqualTo(4);
        assertThat(found.findings()).isNotEmpty();
        assertThat(found.digest()).isNull();
    }

    @Test
    void findingsAreBoundedAndCounted() throws IOException {
        log.medium.needs(LogMedium.Ability.HURT_ONE_BYTE);
        try (Wal wal = log.segmentSize(ByteSize.ofMebibytes(1)).open()) {
            for (int i = 0; i < 2500; i++) {
                wal.append(new byte[8]);
            }
        }
        SegmentId sealed = log.segments().get(0).id();
        for (int i = 0; i < 2500; i++) {
            log.medium.flip(sealed, 64 + i * 56 + 50, 1);
        }
        Verification found = log.verify();
        assertThat(found.findings()).hasSize(Verification.MAX_FINDINGS);
        assertThat(found.findingCount()).isEqualTo(2500);
        assertThat(found.entries()).isZero();
    }
}
