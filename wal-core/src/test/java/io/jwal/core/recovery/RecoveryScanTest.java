package io.jwal.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.format.Checks;
import io.jwal.store.LogManifest;
import io.jwal.store.LogManifest.Segment;
import io.jwal.store.LogManifest.State;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule, segment by segment and byte by byte. */
class RecoveryScanTest {
    private final SegmentShelf shelf = new SegmentShelf();
    private final List<Findings> all = new ArrayList<>();

    @AfterEach
    void noReaderIsLeft() {
        all.forEach(Findings::release);
        assertThat(shelf.openReaders).as("readers left open").isZero();
    }

    private Findings scan(long first, long durable, BuiltSegment... open) {
        List<Segment> named = new ArrayList<>();
        for (BuiltSegment segment : open) {
            named.add(segment.named());
        }
        return scan(new LogManifest(2, first, durable, 0, List.of(), named));
    }

    private Findings scan(LogManifest manifest) {
        Findings findings = RecoveryScan.scan(shelf, manifest);
        all.add(findings);
        return findings;
    }

    @Test
    void aSegmentWithoutBatchesHoldsNothing() {
        BuiltSegment hot = new BuiltSegment(1).zeros(400);
        Findings findings = scanned(hot);
        assertThat(findings.lastIndex()).isZero();
        assertThat(findings.survivors()).isEmpty();
        assertThat(findings.damage()).isNull();
        assertThat(findings.tornBytes()).isZero();
        assertThat(findings.lastTime()).isZero();
        assertThat(shelf.openReaders).isZero();
        assertThat(shelf.opened).isEqualTo(1);
    }

    private Findings scanned(BuiltSegment hot) {
        shelf.with(hot);
        return scan(1, 0, hot);
    }

    @Test
    void batchesThatFollowEachOtherAreTheLog() {
        BuiltSegment one = new BuiltSegment(1).batch(4, 3, 3, 50).batch(7, 1, 6, 60);
        BuiltSegment two = new BuiltSegment(2).batch(8, 2, 7, 70).zeros(64);
        shelf.with(one).with(two);
        Findings findings = scan(4, 3, one, two);
        assertThat(findings.lastIndex()).isEqualTo(9);
        assertThat(findings.durableIndex()).isEqualTo(7);
        assertThat(findings.lastTime()).isEqualTo(70);
        assertThat(findings.damage()).isNull();
        assertThat(findings.tornBytes()).isZero();
        assertThat(findings.survivors()).hasSize(2);
        assertThat(shelf.openReaders).isEqualTo(2);
    }

    @Test
    void sealedSegmentsSayWhereItBegins() {
        Segment sealed = new Segment(new SegmentId(1, 1), 0, State.SEALED, 1, 6, 500, 10, 20);
        BuiltSegment hot = new BuiltSegment(1).batch(7, 1, 6, 30);
        shelf.with(hot);
        Findings findings = scan(new LogManifest(2, 1, 6, 0, List.of(), List.of(sealed, hot.named())));
        assertThat(findings.lastIndex()).isEqualTo(7);
        assertThat(findings.lastTime()).isEqualTo(30);
        Findings without = scan(new LogManifest(2, 1, 6, 0, List.of(), List.of(sealed)));
        assertThat(without.lastIndex()).isEqualTo(6);
        assertThat(without.lastTime()).isEqualTo(20);
        assertThat(without.needsRename()).isFalse();
    }

    /** So many bytes, up to the last that is no zero, wherever that lies among the pieces that are looked at. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 65_535, 65_536, 65_537, 70_000, 131_072, 140_000})
    void whatIsNoBatchIsTornAndCounted(int reach) {
        BuiltSegment hot = new BuiltSegment(1).batch(1, 1, 0, 0);
        hot.zeros(reach - 1).garbage(1).zeros(77);
        Findings findings = scanned(hot);
        assertThat(findings.tornBytes()).isEqualTo(reach);
        assertThat(findings.lastIndex()).isEqualTo(1);
        assertThat(findings.damage()).isNull();
    }

    @Test
    void tornBytesOfSeveralSegmentsAddUpAndTheFirstIsTheOneThatIsHurt() {
        BuiltSegment one = new BuiltSegment(1).batch(1, 1, 0, 0).garbage(10);
        BuiltSegment two = new BuiltSegment(2).garbage(20);
        shelf.with(one).with(two);
        Findings findings = scan(1, 2, one, two);
        assertThat(findings.tornBytes()).isEqualTo(30);
        assertThat(findings.damagedFrom()).isEqualTo(one.id);
        assertThat(findings.damage())
                .hasMessageContaining("entries up to 2 were durable, but only those up to 1 can be read")
                .hasMessageContaining("segment " + one.id + " is damaged");
        assertThat(findings.damage().index()).hasValue(2);
        assertThat(findings.quarantined())
                .containsExactly(one.named().quarantined(), two.named().quarantined());
        assertThat(findings.replaced()).isEmpty();
    }

    @Test
    void aBatchThatDoesNotFollowIsNotTheLog() {
        BuiltSegment gap = new BuiltSegment(1).batch(1, 2, 0, 5);
        int run = gap.size();
        gap.batch(4, 1, 0, 9);
        Findings findings = scanned(gap);
        assertThat(findings.lastIndex()).isEqualTo(2);
        assertThat(findings.lastTime()).isEqualTo(5);
        assertThat(findings.tornBytes()).isBetween(40L, gap.size() - (long) run);
    }

    @Test
    void theFirstOpenSegmentMayBeginBeforeTheLogButNotBehindIt() {
        BuiltSegment early = new BuiltSegment(1).batch(3, 4, 2, 0);
        shelf.with(early);
        assertThat(scan(5, 2, early).lastIndex()).isEqualTo(6);
        assertThat(scan(5, 2, early).damage()).isNull();
        assertThat(scan(3, 2, early).damage()).isNull();
        Findings late = scan(2, 2, early);
        assertThat(late.damage()).hasMessageContaining("begins at index 3, behind the first index of the log, 2");
        assertThat(late.damagedFrom()).isEqualTo(early.id);
    }

    @ParameterizedTest
    @CsvSource({"5, 6", "4, 4", "6, 4"})
    void behindATornFirstSegmentTheNextBeginsWhereTheLogDoes(long begin, long last) {
        BuiltSegment torn = new BuiltSegment(1).garbage(50);
        BuiltSegment next = new BuiltSegment(2).batch(begin, 2, 4, 0);
        shelf.with(torn).with(next);
        assertThat(scan(5, 4, torn, next).lastIndex()).isEqualTo(last);
    }

    @Test
    void aClaimCountsFromAHeaderAloneAndBeyondDamage() {
        BuiltSegment body = new BuiltSegment(1).batch(1, 1, 0, 0).hurtBatch(2, 1, 1);
        assertThat(scanned(body).damage()).isNull();
        BuiltSegment beyond =
                new BuiltSegment(2).batch(1, 1, 0, 0).hurtBatch(2, 1, 1).batch(3, 1, 2, 0);
        Findings findings = scanned(beyond);
        assertThat(findings.durableIndex()).isEqualTo(2);
        assertThat(findings.lastIndex()).isEqualTo(1);
        assertThat(findings.damagedFrom()).isEqualTo(beyond.id);
    }

    @ParameterizedTest
    @CsvSource({"0, 2, false", "-1, 1, false", "1, 2, true"})
    void whatWasSyncedIsDurableAndMustBeThere(int more, long durable, boolean damaged) {
        BuiltSegment hot = new BuiltSegment(1).batch(1, 1, 0, 0).batch(2, 1, 1, 0);
        int end = hot.size();
        shelf.with(hot.zeros(100), end + more);
        Findings findings = scan(1, 0, hot);
        assertThat(findings.durableIndex()).isEqualTo(durable);
        assertThat(findings.damage() != null).isEqualTo(damaged);
        if (damaged) {
            assertThat(findings.damage())
                    .hasMessageContaining("damaged at offset " + end + ", though it was synced up to " + (end + 1));
            assertThat(findings.damage().offset()).hasValue(end);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 30})
    void indexAndTrailerCountAsRun(int behind) throws IOException {
        BuiltSegment closed =
                new BuiltSegment(1).batch(1, 3, 0, 0).batch(4, 1, 3, 0).sealed();
        int size = closed.size();
        shelf.with(closed.zeros(behind), size);
        Findings findings = scan(1, 0, closed);
        assertThat(findings.damage()).isNull();
        assertThat(findings.tornBytes()).isZero();
        assertThat(findings.lastIndex()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 76, 81, 100})
    void anyByteOfThemThatIsHurtIsDamageWhereTheyWereSynced(int fromEnd) throws IOException {
        BuiltSegment closed = new BuiltSegment(1).batch(1, 3, 0, 0).batch(4, 1, 3, 0);
        int end = closed.size();
        byte[] bytes = closed.sealed().bytes();
        bytes[bytes.length - fromEnd] ^= 1;
        BuiltSegment hurt = new BuiltSegment(1);
        shelf.with(hurt.raw(bytes), bytes.length);
        Findings findings = scan(1, 0, hurt);
        assertThat(findings.damage().offset()).hasValue(end);
        assertThat(findings.lastIndex()).isEqualTo(4);
        assertThat(findings.tornBytes()).isEqualTo(bytes.length - end);
    }

    @Test
    void aSegmentThatIsMissingIsDamage() {
        BuiltSegment gone = new BuiltSegment(1);
        BuiltSegment next = new BuiltSegment(2).batch(1, 1, 0, 0);
        shelf.with(next);
        Findings findings = scan(1, 0, gone, next);
        assertThat(findings.damage()).hasMessageContaining("is named by the manifest, but is missing");
        assertThat(findings.damagedFrom()).isEqualTo(gone.id);
    }

    @Test
    void aSegmentThatIsNotTheNamedOneIsDamageAndIsClosed() {
        BuiltSegment other = new BuiltSegment(1);
        byte[] bytes = other.bytes();
        bytes[41] ^= 1;
        shelf.with(other.raw(bytes));
        Findings findings = scan(1, 0, other);
        assertThat(findings.damage()).hasMessageContaining("checksum");
        assertThat(shelf.openReaders).isZero();
        assertThat(shelf.opened).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void aSegmentThatCannotBeReadIsDamageAndIsClosed(long at) {
        BuiltSegment hot = new BuiltSegment(1).batch(1, 1, 0, 0);
        shelf.failing(hot, at, new IOException("the disk is gone"));
        Findings findings = scan(1, 0, hot);
        assertThat(findings.damage()).hasMessageContaining("could not be read: the disk is gone");
        assertThat(findings.survivors()).isEmpty();
    }

    @Test
    void whatComesBeforeAReadThatFailsSurvives() {
        BuiltSegment hot = new BuiltSegment(1).batch(1, 1, 0, 40);
        int end = hot.size();
        hot.zeros((1 << 20) + 2_000);
        shelf.failing(hot, (1 << 20) + 1_000, new IOException("a bad sector"));
        Findings findings = scan(1, 0, hot);
        assertThat(findings.lastIndex()).isEqualTo(1);
        assertThat(findings.survivors()).hasSize(1);
        assertThat(findings.damage()).hasMessageContaining("could not be read behind offset " + end);
        assertThat(findings.damagedFrom()).isEqualTo(hot.id);
    }

    @Test
    void ofALaterVersionItIsNotScannedAndEverythingIsClosed() {
        BuiltSegment later = new BuiltSegment(1);
        byte[] bytes = later.bytes();
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 2);
        out.putInt(60, Checks.crc(bytes, 0, 60));
        BuiltSegment next = new BuiltSegment(2).batch(1, 1, 0, 0);
        shelf.with(later.raw(bytes)).with(next);
        assertThatThrownBy(() -> scan(1, 0, later, next)).isInstanceOf(UnsupportedFormatException.class);
        assertThat(shelf.opened).isEqualTo(2);
    }

    /** Those behind it are open by then. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void whatFailsBeforeItIsScannedClosesEverything(long at) {
        BuiltSegment one = new BuiltSegment(1).batch(1, 1, 0, 0);
        BuiltSegment two = new BuiltSegment(2).batch(2, 1, 1, 0);
        shelf.failing(one, at, new AssertionError("a bug")).with(two);
        assertThatThrownBy(() -> scan(1, 0, one, two)).hasMessage("a bug");
        assertThat(shelf.opened).isPositive();
    }

    @Test
    void whatFailsWhileItIsScannedClosesEverything() {
        BuiltSegment one = new BuiltSegment(1).batch(1, 1, 0, 0);
        BuiltSegment two = new BuiltSegment(2).batch(2, 1, 1, 0).zeros(2_000);
        BuiltSegment three = new BuiltSegment(3).batch(3, 1, 2, 0);
        shelf.with(one).failing(two, 64, new IllegalStateException("a bug")).with(three);
        assertThatThrownBy(() -> scan(1, 0, one, two, three)).hasMessage("a bug");
        assertThat(shelf.opened).isEqualTo(3);
    }

    @Test
    void whatTheManifestSaysIsDurableMustBeThereThoughNothingIsTorn() {
        BuiltSegment one = new BuiltSegment(1).batch(1, 2, 0, 0);
        BuiltSegment two = new BuiltSegment(2);
        BuiltSegment three = new BuiltSegment(3);
        shelf.with(one).with(two).with(three);
        assertThat(scan(1, 2, one, two, three).damage()).isNull();
        Findings findings = scan(1, 3, one, two, three);
        assertThat(findings.damagedFrom()).isEqualTo(two.id);
        assertThat(findings.replaced()).containsExactly(one.id);
        assertThat(findings.quarantined())
                .containsExactly(two.named().quarantined(), three.named().quarantined());
        assertThat(scan(1, 3, one).damagedFrom()).isEqualTo(one.id);
        Findings nowhere = scan(new LogManifest(2, 1, 3, 0, List.of(), List.of()));
        assertThat(nowhere.damagedFrom()).isNull();
        assertThat(nowhere.damage()).hasMessageNotContaining("segment null");
        assertThat(nowhere.damage().index()).hasValue(1);
    }

    @Test
    void findingsTellWhatIsToBeDone() {
        BuiltSegment one = new BuiltSegment(1).batch(1, 3, 0, 0);
        BuiltSegment two = new BuiltSegment(2).batch(4, 3, 3, 0);
        shelf.with(one).with(two);
        Findings findings = scan(1, 0, one, two);
        assertThat(findings.needsRename()).isTrue();
        assertThat(findings.endingBefore(4))
                .containsExactly(findings.survivors().get(0));
        assertThat(findings.endingBefore(3)).isEmpty();
        assertThat(findings.endingBefore(7)).isEqualTo(findings.survivors());
        Findings less = findings.without(findings.endingBefore(4));
        assertThat(less.survivors()).containsExactly(findings.survivors().get(1));
        assertThat(less.lastIndex()).isEqualTo(6);
        assertThat(findings.replaced()).containsExactly(one.id, two.id);
        assertThat(findings.quarantined()).isEmpty();
        assertThat(findings.expecting(6)).isSameAs(findings);
        Findings shorter = findings.expecting(8);
        assertThat(shorter.damage())
                .hasMessageContaining("entry 8 was expected")
                .hasMessageContaining("ends at 6");
        assertThat(shorter.damage().index()).hasValue(7);
        assertThat(shorter.expecting(9)).isSameAs(shorter);
        assertThat(shorter.needsRename()).isTrue();
        Findings closed = scan(new LogManifest(2, 1, 0, 0, List.of(), List.of()));
        assertThat(closed.needsRename()).isFalse();
        CorruptLogException damage = closed.expecting(1).damage();
        assertThat(damage).isNotNull();
        assertThat(closed.expecting(1).needsRename()).isTrue();
    }
}
