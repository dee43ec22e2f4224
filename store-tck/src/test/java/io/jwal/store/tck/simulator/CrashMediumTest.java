package io.jwal.store.tck.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CrashMediumTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final int SEEDS = 200;

    private final CrashMedium medium = new CrashMedium();

    @Test
    void whatWasSyncedSurvivesEveryCrash() throws IOException {
        byte[] synced = filled(700, 'a');
        SegmentWriter writer = openWriter(4096);
        writer.appendAndSync(ByteBuffer.wrap(synced));
        writer.append(ByteBuffer.wrap(filled(3000, 'b')));

        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(contents(medium.crashed(seed))).startsWith(synced);
        }
    }

    @Test
    void whatWasNotSyncedSurvivesInWholeSectorsOrAsItWasAtSomeAppend() throws IOException {
        SegmentWriter writer = openWriter(4096);
        writer.appendAndSync(ByteBuffer.wrap(filled(100, 'a')));
        writer.append(ByteBuffer.wrap(filled(200, 'b')));
        writer.append(ByteBuffer.wrap(filled(1000, 'c')));

        Set<String> firstSectors = new HashSet<>();
        Set<Integer> lengths = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] left = contents(medium.crashed(seed));
            lengths.add(left.length);
            if (left.length >= PowerCut.SECTOR) {
                firstSectors.add(shape(Arrays.copyOf(left, PowerCut.SECTOR)));
            }
        }
        assertThat(firstSectors).containsExactlyInAnyOrder("a100 0412", "a100 b200 0212", "a100 b200 c212");
        assertThat(lengths).contains(1300, 4096).hasSizeGreaterThan(10).allMatch(length -> length >= 100);
    }

    @Test
    void theSameSeedGivesTheSameCrash() throws IOException {
        SegmentWriter writer = openWriter(1 << 20);
        writer.append(ByteBuffer.wrap(filled(5000, 'a')));

        assertThat(medium.crashed(7).describe()).isEqualTo(medium.crashed(7).describe());
        medium.watermark(Watermark.ANY);
        assertThat(medium.crashed(8).describe()).isEqualTo(medium.crashed(8).describe());
    }

    @Test
    void namesThatNobodySyncedMayBeMissingAndDeletedOnesMayBeBack() throws IOException {
        Store store = openClaimed();
        store.createSegment(ID, 0);
        SegmentId deleted = new SegmentId(1, 2);
        store.createSegment(deleted, 0).appendAndSync(text("x"));
        store.deleteSegment(deleted);

        Set<Object> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            found.add(medium.crashed(seed).open().listSegments());
        }
        assertThat(found).hasSize(4);
    }

    @Test
    void sealedSegmentsRegistersAndFencesSurvive() throws IOException {
        SegmentId fenced = new SegmentId(2, 1);
        Store store = openClaimed();
        SegmentWriter writer = store.createSegment(ID, 0);
        writer.append(text("sealed"));
        writer.seal();
        store.writeRegister("manifest", null, text("value"));
        store.fenceSegment(fenced);

        medium.crashLosingUnsynced();

        assertThat(contents(medium)).isEqualTo("sealed".getBytes(StandardCharsets.UTF_8));
        assertThat(medium.open().readRegister("manifest").orElseThrow().content())
                .isEqualTo(text("value"));
        assertThatThrownBy(() -> openClaimed().createSegment(fenced, 0)).isInstanceOf(StoreException.class);
    }

    @Test
    void aKillKeepsEverythingUntilThePowerGoes() throws IOException {
        SegmentWriter writer = openWriter(0);
        writer.appendAndSync(text("synced "));
        writer.append(text("not"));

        medium.kill();
        assertThatThrownBy(writer::sync).isInstanceOf(StoreException.class).hasMessageContaining("crashed");
        try (SegmentReader follower = medium.open().openSegment(ID);
                SegmentReader recovery = openClaimed().openSegment(ID)) {
            assertThat(follower.size()).isEqualTo(7);
            assertThat(recovery.size()).isEqualTo(10);
        }

        medium.crashLosingUnsynced();
        assertThat(contents(medium)).hasSize(7);
    }

    @Test
    void theWatermarkIsIntactStaleOrLost() throws IOException {
        SegmentWriter writer = openWriter(0);
        writer.appendAndSync(text("1"));
        writer.appendAndSync(text("2"));
        writer.append(text("3"));

        assertThat(claims(Watermark.INTACT)).containsExactly(2L);
        assertThat(claims(Watermark.STALE)).containsExactly(0L, 1L, 2L);
        assertThat(claims(Watermark.LOST)).containsExactly(0L);
        assertThat(claims(Watermark.ANY)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void closingAWritersStoreCrashesWhenAsked() throws IOException {
        medium.crashOnClose(1);
        Store store = openClaimed();
        Store other = medium.open();
        store.createSegment(ID, 0).append(text("lost or not"));

        medium.open().close();
        assertThat(other.listSegments()).hasSize(1);
        store.close();
        store.close();
        assertThatThrownBy(other::listSegments).isInstanceOf(StoreException.class);
        assertThat(medium.open().readRegister("manifest")).isEmpty();
    }

    @Test
    void aLockingMediumHasOneWriterUntilItLetsGoOrDies() throws IOException {
        medium.locking(true);
        Store first = medium.open();
        first.claimWriter();
        Store second = medium.open();

        assertThatThrownBy(second::claimWriter).isInstanceOf(StoreLockedException.class);
        first.close();
        second.claimWriter().close();
        second.claimWriter();
        medium.kill();
        medium.open().claimWriter();
    }

    @Test
    void changingWithoutAClaimIsAMistake() {
        assertThatIllegalStateException()
                .isThrownBy(() -> medium.open().createSegment(ID, 0))
                .withMessageContaining("claimWriter()");
    }

    @Test
    void damageIsDoneOnPurposeOnly() throws IOException {
        openWriter(0).appendAndSync(text("abc"));

        medium.flip(ID, 1, 1);
        assertThat(contents(medium)).isEqualTo("acc".getBytes(StandardCharsets.UTF_8));
        medium.cut(ID, 2);
        assertThat(contents(medium)).hasSize(2);
        medium.lose(ID);
        assertThatThrownBy(() -> contents(medium)).isInstanceOf(SegmentNotFoundException.class);
    }

    private Store openClaimed() throws IOException {
        Store store = medium.open();
        store.claimWriter();
        return store;
    }

    private SegmentWriter openWriter(long expectedBytes) throws IOException {
        SegmentWriter writer = openClaimed().createSegment(ID, expectedBytes);
        writer.sync();
        return writer;
    }

    private Set<Long> claims(Watermark watermark) throws IOException {
        medium.watermark(watermark);
        Set<Long> claims = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            try (SegmentReader reader = medium.crashed(seed).open().openSegment(ID)) {
                claims.add(reader.claimedSize());
            }
        }
        return claims;
    }

    private static byte[] contents(CrashMedium medium) throws IOException {
        try (SegmentReader reader = medium.open().openSegment(ID)) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.size());
            reader.read(0, all);
            return all.array();
        }
    }

    /** Runs of equal bytes with their lengths. */
    private static String shape(byte[] bytes) {
        StringBuilder shape = new StringBuilder();
        for (int start = 0, end; start < bytes.length; start = end) {
            end = start;
            while (end < bytes.length && bytes[end] == bytes[start]) {
                end++;
            }
            shape.append(start == 0 ? "" : " ").append(bytes[start] == 0 ? '0' : (char) bytes[start]);
            shape.append(end - start);
        }
        return shape.toString();
    }

    private static byte[] filled(int length, char value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
