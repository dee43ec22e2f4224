package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static io.jwal.store.tck.StoreUnderTest.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule 5, and what {@link Store} says of deleting and listing. */
interface DeletionRules {
    @Test
    default void deleteSegment_takesThatSegmentAwayAndNoOther(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        subject.createSealed(ID, content);
        subject.createSealed(OTHER, content);
        subject.store().deleteSegment(ID);

        assertGone(subject, ID);
        assertThat(subject.contents(OTHER)).isEqualTo(content);
        subject.afterClose();
        assertGone(subject, ID);
        assertThat(subject.contents(OTHER)).isEqualTo(content);
    }

    @Test
    default void deleteSegment_takesAnUnsealedOneToo(StoreUnderTest subject) throws IOException {
        subject.createSynced(ID, Content.random(1_000, 1)).close();
        subject.store().deleteSegment(ID);
        assertGone(subject, ID);

        subject.createSynced(OTHER, Content.random(1_000, 1));
        subject.afterClose().deleteSegment(OTHER);
        assertGone(subject, OTHER);
    }

    private static void assertGone(StoreUnderTest subject, SegmentId id) throws IOException {
        for (Store store : List.of(subject.store(), subject.other())) {
            assertThat(store.listSegments()).doesNotContain(id);
            assertThatThrownBy(() -> store.openSegment(id)).isInstanceOf(SegmentNotFoundException.class);
        }
    }

    @Test
    default void deleteSegment_ofNoneDoesNothing(StoreUnderTest subject) throws IOException {
        subject.createSealed(OTHER, new byte[] {'x'});
        subject.store().deleteSegment(ID);
        subject.store().deleteSegment(OTHER);
        subject.store().deleteSegment(OTHER);

        assertThat(subject.store().listSegments()).isEmpty();
    }

    @Test
    default void rule5_aReaderReadsOnOrIsToldWhenItsSegmentIsDeleted(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(100_000, 1);
        subject.createSealed(ID, content);
        for (Store store : List.of(subject.store(), subject.other())) {
            SegmentReader unused = subject.reader(store, ID);
            SegmentReader used = subject.reader(store, ID);
            assertThat(Content.of(used)).isEqualTo(content);
            assertRightOrGone(used, content);
            assertRightOrGone(unused, content);
        }
        SegmentReader near = subject.reader(subject.store(), ID);
        SegmentReader far = subject.reader(subject.other(), ID);
        subject.store().deleteSegment(ID);

        assertRightOrGone(near, content);
        assertRightOrGone(far, content);
    }

    private static void assertRightOrGone(SegmentReader reader, byte[] content) throws IOException {
        try {
            assertThat(reader.size()).isEqualTo(content.length);
            assertThat(Content.of(reader, 10, 50_000)).isEqualTo(Arrays.copyOfRange(content, 10, 50_010));
            assertThat(Content.of(reader.slice(60_000, 1_000))).isEqualTo(Arrays.copyOfRange(content, 60_000, 61_000));
            assertThat(reader.read(content.length, ByteBuffer.allocate(1))).isEqualTo(-1);
        } catch (SegmentNotFoundException e) {
            assertThat(e.segment()).isEqualTo(ID);
        }
    }

    @Test
    default void listSegments_isEmptyAtFirst(StoreUnderTest subject) throws IOException {
        assertThat(subject.store().listSegments()).isEmpty();
    }

    @Test
    default void listSegments_isAscendingByEpochThenSequence(StoreUnderTest subject) throws IOException {
        List<SegmentId> ids = new ArrayList<>(List.of(
                new SegmentId(1, 9),
                new SegmentId(1, 10),
                new SegmentId(1, Integer.MAX_VALUE),
                new SegmentId(2, 1),
                new SegmentId(15, 1),
                new SegmentId(16, 1),
                new SegmentId(1L << 31, 3),
                new SegmentId(1L << 32, 2),
                new SegmentId(Long.MAX_VALUE, 1)));
        List<SegmentId> ascending = List.copyOf(ids);
        Collections.shuffle(ids, new Random(5));
        for (SegmentId id : ids) {
            subject.createSealed(id, Content.of(Content.text(id.toString())));
        }
        subject.store().fenceSegment(new SegmentId(3, 1));

        assertThat(subject.store().listSegments()).isEqualTo(ascending);
        assertThat(subject.other().listSegments()).isEqualTo(ascending);
        for (SegmentId id : ids) {
            assertThat(subject.contents(id)).asString().isEqualTo(id.toString());
        }
    }

    @Test
    default void listSegments_isComplete(StoreUnderTest subject) throws IOException {
        List<SegmentId> ids = new ArrayList<>();
        for (int i = 1; i <= subject.hooks().manySegments(); i++) {
            SegmentId id = new SegmentId(1, i);
            ids.add(id);
            try (var writer = subject.store().createSegment(id, 1)) {
                writer.appendAndSync(Content.text("x"));
                if (i % 2 == 0) {
                    writer.seal();
                }
            }
        }

        assertThat(subject.store().listSegments()).isEqualTo(ids);
        assertThat(subject.afterClose().listSegments()).isEqualTo(ids);
    }
}
