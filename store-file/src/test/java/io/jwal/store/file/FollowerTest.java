package io.jwal.store.file;

import static io.jwal.store.file.Stores.pattern;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who does not hold the claim, and what recovery is told. */
final class FollowerTest {
    private static final SegmentId ONE = new SegmentId(1, 1);
    private static final SegmentId TWO = new SegmentId(1, 2);
    private static final int RESERVED = 64 << 10;

    @TempDir
    Path directory;

    private Store store;
    private Store follower;
    private WriterClaim claim;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory);
        follower = Stores.open(directory);
        claim = store.claimWriter();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        follower.close();
    }

    @Test
    void aFollowerSeesWhatIsSyncedAndNoMore() throws IOException {
        SegmentWriter writer = store.createSegment(ONE, RESERVED);
        try (SegmentReader reader = follower.openSegment(ONE);
                SegmentReader own = store.openSegment(ONE)) {
            assertThat(reader.size()).isZero();
            writer.append(pattern(0, 100));
            assertThat(reader.size()).isZero();
            assertThat(reader.read(0, ByteBuffer.allocate(10))).isEqualTo(-1);
            assertThat(own.size()).isEqualTo(100);
            assertThat(own.claimedSize()).isZero();
            writer.sync();
            assertThat(reader.size()).isEqualTo(100);
            writer.appendAndSync(pattern(100, 50));
            writer.append(pattern(150, 50));
            assertThat(reader.size()).isEqualTo(150);
            assertThat(reader.claimedSize()).isEqualTo(150);
            assertThat(own.claimedSize()).isEqualTo(150);
            assertThat(reader.slice(0, 150)).isEqualTo(pattern(0, 150));
            writer.seal();
            assertThat(reader.size()).isEqualTo(200);
            assertThat(reader.slice(0, 200)).isEqualTo(pattern(0, 200));
        }
    }

    /** The ahead segment's header is synced while the hot one is written; neither may hide what the other says. */
    @Test
    void eachOfSeveralOpenSegmentsIsSeenAsFarAsItIsSynced() throws IOException {
        SegmentWriter hot = store.createSegment(ONE, RESERVED);
        SegmentWriter ahead = store.createSegment(TWO, RESERVED);
        hot.appendAndSync(pattern(0, 100));
        ahead.appendAndSync(pattern(0, 64));
        hot.append(pattern(100, 100));
        try (SegmentReader one = follower.openSegment(ONE);
                SegmentReader two = follower.openSegment(TWO)) {
            assertThat(one.size()).isEqualTo(100);
            assertThat(two.size()).isEqualTo(64);
            hot.sync();
            ahead.append(pattern(64, 1000));
            assertThat(one.size()).isEqualTo(200);
            assertThat(two.size()).isEqualTo(64);
            ahead.sync();
            hot.seal();
            assertThat(one.size()).isEqualTo(200);
            assertThat(two.size()).isEqualTo(1064);
        }
    }

    @Test
    void moreOpenSegmentsThanUsualAreAllKnown() throws IOException {
        List<SegmentWriter> writers = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            SegmentWriter writer = store.createSegment(new SegmentId(1, i), 0);
            writer.appendAndSync(pattern(0, i));
            writer.append(pattern(i, 1000));
            writers.add(writer);
        }
        for (int i = 1; i <= 40; i++) {
            try (SegmentReader reader = follower.openSegment(new SegmentId(1, i))) {
                assertThat(reader.size()).isEqualTo(i);
            }
        }
        for (SegmentWriter writer : writers) {
            writer.seal();
            writer.close();
        }
        long length = Files.size(directory.resolve("WATERMARK"));
        for (int i = 41; i <= 80; i++) {
            store.createSegment(new SegmentId(1, i), 0).seal();
        }
        assertThat(Files.size(directory.resolve("WATERMARK"))).isEqualTo(length);
    }

    @Test
    void whatADeadWriterSyncedIsSeenUntilItsSegmentIsDeleted() throws IOException {
        SegmentWriter writer = store.createSegment(ONE, RESERVED);
        writer.appendAndSync(pattern(0, 100));
        writer.append(pattern(100, 100));
        claim.close();
        assertFollowerSees(100);

        store.claimWriter();
        try (SegmentReader recovery = store.openSegment(ONE)) {
            assertThat(recovery.size()).as("zeros that were set aside included").isEqualTo(RESERVED);
            assertThat(recovery.claimedSize()).isEqualTo(100);
            assertThat(recovery.slice(0, 200)).isEqualTo(pattern(0, 200));
            assertThat(recovery.slice(200, RESERVED - 200)).isEqualTo(ByteBuffer.allocate(RESERVED - 200));
        }
        // The successor's own segments take no mark away that is still needed.
        for (int i = 1; i <= 20; i++) {
            store.createSegment(new SegmentId(2, i), 0).appendAndSync(pattern(0, 10));
        }
        assertFollowerSees(100);
        store.deleteSegment(ONE);
        assertThat(follower.listSegments()).doesNotContain(ONE);
    }

    private void assertFollowerSees(long size) throws IOException {
        try (SegmentReader reader = follower.openSegment(ONE)) {
            assertThat(reader.size()).isEqualTo(size);
            assertThat(reader.claimedSize()).isEqualTo(size);
            assertThat(reader.slice(0, (int) size)).isEqualTo(pattern(0, (int) size));
        }
    }

    @Test
    void inAnotherBootTheWholeFileIsSeenAndTheMarkOnlyClaims() throws IOException {
        SegmentWriter writer = store.createSegment(ONE, RESERVED);
        writer.appendAndSync(pattern(0, 100));
        claim.close();
        Path watermark = directory.resolve("WATERMARK");
        byte[] bytes = Files.readAllBytes(watermark);
        for (String boot : new String[] {"\0".repeat(16), "another boot id."}) {
            byte[] other = new Mark(ONE, false, 100, ByteBuffer.wrap(boot.getBytes(US_ASCII))).encode();
            System.arraycopy(other, 0, bytes, 0, other.length);
            System.arraycopy(other, 0, bytes, Watermark.OTHER_HALF, other.length);
            Files.write(watermark, bytes);
            try (SegmentReader reader = follower.openSegment(ONE)) {
                assertThat(reader.size()).isEqualTo(RESERVED);
                assertThat(reader.claimedSize()).isEqualTo(100);
                assertThat(reader.slice(0, 100)).isEqualTo(pattern(0, 100));
                assertThat(reader.slice(100, 1000)).isEqualTo(ByteBuffer.allocate(1000));
            }
            assertThat(follower.counters().get("mapped.bytes")).isLessThan(RESERVED);
        }
    }

    @Test
    void aMarkThatIsTornForeignOrGoneSaysNothing() throws IOException {
        store.createSegment(ONE, RESERVED).appendAndSync(pattern(0, 100));
        claim.close();
        Path watermark = directory.resolve("WATERMARK");
        byte[] good = Files.readAllBytes(watermark);
        byte[] torn = good.clone();
        torn[24] ^= 1;
        torn[Watermark.OTHER_HALF + 24] ^= 1;
        for (byte[] bytes : new byte[][] {
            torn, new byte[10], new byte[0], "mine".repeat(1000).getBytes(US_ASCII)
        }) {
            Files.write(watermark, bytes);
            assertNothingIsClaimed(follower);
        }
        Files.delete(watermark);
        assertNothingIsClaimed(follower);
        store.claimWriter();
        assertNothingIsClaimed(store);
    }

    @Test
    void aMarkThatIsBeingWrittenLeavesTheOneBeforeIt() throws IOException {
        SegmentWriter writer = store.createSegment(ONE, RESERVED);
        writer.appendAndSync(pattern(0, 100));
        writer.appendAndSync(pattern(100, 100));
        Path watermark = directory.resolve("WATERMARK");
        byte[] good = Files.readAllBytes(watermark);
        for (int half : new int[] {0, Watermark.OTHER_HALF}) {
            byte[] torn = good.clone();
            torn[half + 24] ^= 1;
            Files.write(watermark, torn);
            try (SegmentReader reader = follower.openSegment(ONE)) {
                assertThat(reader.size()).isIn(100L, 200L);
            }
        }
    }

    private static void assertNothingIsClaimed(Store store) throws IOException {
        try (SegmentReader reader = store.openSegment(ONE)) {
            assertThat(reader.size()).isEqualTo(RESERVED);
            assertThat(reader.claimedSize()).isZero();
            assertThat(reader.slice(0, 100)).isEqualTo(pattern(0, 100));
        }
    }

    @Test
    void aKilledProcessLeavesWhatItSynced() throws Exception {
        claim.close();
        long acknowledged = 0;
        try (Child child = Child.appending(directory)) {
            assertThat(child.line()).isEqualTo("claimed");
            while (acknowledged < 200_000) {
                acknowledged = Long.parseLong(Objects.requireNonNull(child.line()));
                try (SegmentReader reader = follower.openSegment(Child.SEGMENT)) {
                    int size = (int) reader.size();
                    assertThat(size).isGreaterThanOrEqualTo((int) acknowledged);
                    assertThat(size % (2 * Child.ENTRY))
                            .as("a follower sees whole syncs")
                            .isIn(0, Child.ENTRY);
                    assertThat(reader.slice(0, size)).isEqualTo(pattern(0, size));
                }
            }
        }
        int synced;
        try (SegmentReader reader = follower.openSegment(Child.SEGMENT)) {
            synced = (int) reader.size();
            assertThat(synced).isGreaterThanOrEqualTo((int) acknowledged);
            assertThat(reader.slice(0, synced)).isEqualTo(pattern(0, synced));
        }
        store.claimWriter();
        try (SegmentReader recovery = store.openSegment(Child.SEGMENT)) {
            assertThat(recovery.claimedSize()).isEqualTo(synced);
            assertThat(recovery.size()).isEqualTo(Files.size(directory.resolve("segments/" + Child.SEGMENT + ".seg")));
            assertThat(recovery.slice(0, synced)).isEqualTo(pattern(0, synced));
        }
    }
}
