package io.jwal.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.format.Checks;
import io.jwal.store.LogManifest;
import io.jwal.store.LogManifest.Cut;
import io.jwal.store.LogManifest.Segment;
import io.jwal.store.LogManifest.State;
import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest may say, and that nothing else is read out of one. */
class LogManifestTest {
    private static final int VERSION_AT = 8;
    private static final int EPOCH_AT = 16;
    private static final int COUNTER_AT = 40;
    private static final int CUTS_AT = 48;
    private static final int SEGMENTS_AT = 52;
    private static final int MAX_CUTS = LogManifest.MAX_CUTS;
    private static final Segment OPEN = Segment.open(new SegmentId(3, 3), 13);
    private static final LogManifest MANIFEST = new LogManifest(
            3,
            5,
            24,
            2,
            List.of(new Cut(1, 7), new Cut(2, 8)),
            List.of(sealed(1, 1, 10), sealed(2, 11, 20), OPEN, sealed(4, 1, 1).quarantined()));

    private static Segment sealed(int sequence, long first, long last) {
        return new Segment(new SegmentId(3, sequence), 10 + sequence, State.SEALED, first, last, 640, 100, 200);
    }

    private static LogManifest of(long epoch, long firstIndex, long durableIndex) {
        return new LogManifest(epoch, firstIndex, durableIndex, 0, List.of(), List.of());
    }

    private static LogManifest of(Segment... segments) {
        return new LogManifest(1, 1, 0, 0, List.of(), List.of(segments));
    }

    private static LogManifest cut(long counter, int cuts) {
        return new LogManifest(1, 1, 0, counter, Collections.nCopies(cuts, new Cut(1, 1)), List.of());
    }

    private static byte[] encoded() {
        return MANIFEST.encode().array();
    }

    private static LogManifest decoded(byte[] bytes) {
        return LogManifest.decode(ByteBuffer.wrap(bytes));
    }

    /** With its length and checksum made right. */
    private static byte[] forged(byte[] bytes) {
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(12, bytes.length);
        out.putInt(bytes.length - 4, Checks.crc(bytes, 0, bytes.length - 4));
        return bytes;
    }

    private static byte[] forgedInt(int at, int value) {
        byte[] bytes = encoded();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return forged(bytes);
    }

    private static byte[] forgedLong(int at, long value) {
        byte[] bytes = encoded();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        return forged(bytes);
    }

    private static void assertContentRefused(byte[] bytes, String rule) {
        assertThatThrownBy(() -> decoded(bytes))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("its checksum is right, its content is not")
                .hasMessageContaining(rule);
    }

    @Test
    void isReadAsItWasWritten() {
        byte[] bytes = encoded();
        assertThat(decoded(bytes)).isEqualTo(MANIFEST);
        assertThat(bytes).as("length and checksum").isEqualTo(forged(bytes.clone()));
    }

    @Test
    void aQuarantinedSegmentKeepsItsNameAndSaltAlone() {
        assertThat(sealed(4, 1, 1).quarantined())
                .isEqualTo(new Segment(new SegmentId(3, 4), 14, State.QUARANTINED, 0, 0, 0, 0, 0));
    }

    @Test
    void isRefusedIfAnyBitIsFlippedOrItIsShorter() {
        byte[] sound = encoded();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] hurt = sound.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> decoded(hurt)).isInstanceOf(CorruptLogException.class);
        }
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> decoded(cut)).isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    void aNewerVersionIsUnsupportedAndNoDamage() {
        assertThatThrownBy(() -> decoded(forgedInt(VERSION_AT, 2))).isInstanceOf(UnsupportedFormatException.class);
        assertThatThrownBy(() -> decoded(forgedInt(VERSION_AT, 0))).isInstanceOf(CorruptLogException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {EPOCH_AT, COUNTER_AT})
    void nobodyHasCountedBeyondWhatCanStillGrow(int at) {
        long most = 1L << 62;
        assertThatCode(() -> decoded(forgedLong(at, most))).doesNotThrowAnyException();
        assertContentRefused(forgedLong(at, most + 1), "nobody has counted so far");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, MAX_CUTS + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfCutsThatLiesIsDamage(int count) {
        assertContentRefused(forgedInt(CUTS_AT, count), "a number of cuts");
    }

    /** Segments and cuts take 208 bytes, which are room for eight names of 24. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 9, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfSegmentsThatLiesIsDamage(int count) {
        assertContentRefused(forgedInt(SEGMENTS_AT, count), "a number of segments");
    }

    @Test
    void nothingMayBeLeftOver() {
        assertContentRefused(forged(Arrays.copyOf(encoded(), encoded().length + 8)), "bytes left over");
    }

    @Test
    void asManySegmentsAsThereIsRoomForMayBeNamed() {
        LogManifest named = of(OPEN, OPEN);
        assertThat(decoded(named.encode().array())).isEqualTo(named);
        LogManifest none = LogManifest.empty();
        assertThat(decoded(none.encode().array())).isEqualTo(none);
    }

    @Test
    void asManyCutsAsAreRememberedMayBeNamed() {
        LogManifest most = cut(MAX_CUTS, MAX_CUTS);
        assertThat(decoded(most.encode().array())).isEqualTo(most);
        assertThatThrownBy(() -> cut(MAX_CUTS + 1, MAX_CUTS + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cut(1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "1, 0, 0", "1, 1, -1", "1, 1, 9223372036854775807"})
    void countsBeginWhereTheyDo(long epoch, long firstIndex, long durableIndex) {
        assertThatThrownBy(() -> of(epoch, firstIndex, durableIndex)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLargestIndexMayBeDurable() {
        assertThatCode(() -> of(1, Long.MAX_VALUE, Long.MAX_VALUE - 1)).doesNotThrowAnyException();
    }

    @Test
    void segmentsAreSealedThenOpenThenQuarantined() {
        Segment quarantined = OPEN.quarantined();
        assertThatThrownBy(() -> of(OPEN, sealed(1, 1, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(quarantined, OPEN)).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> of(OPEN, OPEN, quarantined, quarantined)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 1", "1, 9223372036854775807"})
    void aSealedSegmentHoldsARangeOfIndexes(long first, long last) {
        assertThatThrownBy(() -> of(sealed(1, first, last))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSealedSegmentMayHoldOneIndexAlsoTheLast() {
        long last = Long.MAX_VALUE - 1;
        assertThatCode(() -> of(sealed(1, last, last))).doesNotThrowAnyException();
    }

    @Test
    void aSealedSegmentIsNotShorterThanNothing() {
        SegmentId id = new SegmentId(1, 1);
        assertThatCode(() -> of(new Segment(id, 0, State.SEALED, 1, 1, 0, 0, 0)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> of(new Segment(id, 0, State.SEALED, 1, 1, -1, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 7})
    void sealedSegmentsFollowOneAnother(long second) {
        assertThatCode(() -> of(sealed(1, 1, 5), sealed(2, 6, 10))).doesNotThrowAnyException();
        assertThatThrownBy(() -> of(sealed(1, 1, 5), sealed(2, second, 10)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
