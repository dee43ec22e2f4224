package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule 4, and what {@link SegmentReader} says of sizes and reading. */
interface ReaderRules {
    @Test
    default void openSegment_ofNoneIsNotFound(StoreUnderTest subject) throws IOException {
        subject.createSealed(new SegmentId(1, 2), new byte[] {'x'});

        assertThatThrownBy(() -> subject.store().openSegment(ID))
                .isInstanceOfSatisfying(
                        SegmentNotFoundException.class,
                        e -> assertThat(e.segment()).isEqualTo(ID));
    }

    @Test
    default void rule4_anyRangeIsReadAsItWasWritten(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(300_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        assertRanges(subject.reader(subject.store(), ID), content);
        writer.seal();
        assertRanges(subject.reader(subject.store(), ID), content);
        assertRanges(subject.reader(subject.other(), ID), content);
    }

    private static void assertRanges(SegmentReader reader, byte[] content) throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            int from = random.nextInt(content.length);
            int length = 1 + random.nextInt(Math.min(content.length - from, i % 2 == 0 ? 600 : 70_000));
            ByteBuffer wanted = ByteBuffer.wrap(content, from, length);
            assertThat(ByteBuffer.wrap(Content.of(reader, from, length)).equals(wanted))
                    .as("%d bytes at %d", length, from)
                    .isTrue();
            assertThat(reader.slice(from, length).equals(wanted))
                    .as("slice of %d bytes at %d", length, from)
                    .isTrue();
        }
    }

    @Test
    default void read_fillsTheTargetFromItsPositionToItsLimit(StoreUnderTest subject) throws IOException {
        subject.createSealed(ID, Content.of(Content.text("0123456789")));
        SegmentReader reader = subject.reader(subject.store(), ID);
        for (ByteBuffer target : new ByteBuffer[] {
            ByteBuffer.allocate(10),
            ByteBuffer.allocateDirect(10),
            ByteBuffer.allocate(14).position(4).slice()
        }) {
            target.position(2).limit(6);

            assertThat(reader.read(3, target)).isEqualTo(4);
            assertThat(target.position()).isEqualTo(6);
            assertThat(Content.of(target.clear())).asString().isEqualTo("\0\0" + "3456" + "\0\0\0\0");
        }
    }

    @Test
    default void read_stopsAtTheEndAndGivesMinusOneThere(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        assertEnd(subject.reader(subject.store(), ID), content);
        writer.seal();
        assertEnd(subject.reader(subject.store(), ID), content);
        assertEnd(subject.reader(subject.other(), ID), content);
    }

    private static void assertEnd(SegmentReader reader, byte[] content) throws IOException {
        int end = content.length;
        ByteBuffer target = ByteBuffer.allocate(100);

        assertThat(reader.size()).isEqualTo(end);
        assertThat(reader.read(end - 40, target)).isEqualTo(40);
        assertThat(Content.of(target.flip())).isEqualTo(Arrays.copyOfRange(content, end - 40, end));
        assertThat(reader.read(0, ByteBuffer.allocate(2 * end))).isEqualTo(end);
        for (long past : new long[] {end, end + 1, 1L << 20, 1L << 40}) {
            assertThat(reader.read(past, ByteBuffer.allocate(10)))
                    .as("at %d", past)
                    .isEqualTo(-1);
        }
    }

    @Test
    default void read_intoATargetWithoutRoomReadsNothing(StoreUnderTest subject) throws IOException {
        subject.createSealed(ID, new byte[] {'x'});

        assertThat(subject.reader(subject.store(), ID).read(0, ByteBuffer.allocate(0)))
                .isZero();
    }

    @Test
    default void size_growsWithWhatIsAppended(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[100]);
        SegmentReader reader = subject.reader(subject.store(), ID);
        assertThat(reader.size()).isEqualTo(100);
        writer.append(ByteBuffer.allocate(50));
        assertThat(reader.size()).as("appended").isEqualTo(150);
        writer.sync();
        assertThat(reader.size()).as("synced").isEqualTo(150);
        writer.append(ByteBuffer.allocate(5));
        writer.seal();
        assertThat(reader.size()).as("sealed").isEqualTo(155);
    }

    @Test
    default void size_elsewhereIsWithinWhatWasAppended(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[100]);
        writer.append(ByteBuffer.allocate(50));

        assertThat(subject.reader(subject.other(), ID).size()).isBetween(0L, 150L);
    }

    @Test
    default void rule4_anUnsealedSegmentOfAnEarlierWriterIsReadAsFarAsItIsThere(StoreUnderTest subject)
            throws IOException {
        byte[] content = Content.random(5_000, 1);
        subject.createSynced(ID, content);
        subject.afterClose();

        assertThat(subject.contents(ID)).startsWith(content);
        assertThat(subject.store().listSegments()).containsExactly(ID);
    }

    @Test
    default void close_ofAReaderHarmsNoOther(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(2_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        SegmentReader closed = subject.reader(subject.store(), ID);
        SegmentReader open = subject.reader(subject.store(), ID);
        closed.close();
        closed.close();

        assertThat(Content.of(open)).isEqualTo(content);
        writer.appendAndSync(Content.text("x"));
        assertRightOrFailing(closed, content);
    }

    @Test
    default void close_ofAStoreHarmsNoOther(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(2_000, 1);
        subject.createSealed(ID, content);
        Store other = subject.other();
        SegmentReader closed = subject.reader(other, ID);
        other.close();
        other.close();

        assertThat(subject.contents(ID)).isEqualTo(content);
        assertRightOrFailing(closed, content);
    }

    /** What was closed may answer or refuse, but never lies. */
    private static void assertRightOrFailing(SegmentReader reader, byte[] content) {
        ByteBuffer target = ByteBuffer.allocate(content.length);
        try {
            assertThat(reader.read(0, target)).isEqualTo(content.length);
        } catch (IOException e) {
            return;
        }
        assertThat(target.array()).isEqualTo(content);
    }
}
