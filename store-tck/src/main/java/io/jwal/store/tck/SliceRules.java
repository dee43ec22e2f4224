package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link SegmentReader#slice} says. */
interface SliceRules {
    @Test
    default void slice_isExactlyTheRangeLittleEndianAndReadOnly(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(20_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        assertShape(subject.reader(subject.store(), ID), content);
        writer.seal();
        assertShape(subject.reader(subject.store(), ID), content);
    }

    private static void assertShape(SegmentReader reader, byte[] content) throws IOException {
        for (int length : new int[] {0, 1, 700, 15_000}) {
            ByteBuffer slice = reader.slice(1_000, length);

            assertThat(slice.position()).isZero();
            assertThat(slice.limit()).isEqualTo(length);
            assertThat(slice.capacity()).isEqualTo(length);
            assertThat(slice.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(slice).isEqualTo(ByteBuffer.wrap(content, 1_000, length));
            assertThat(slice.isReadOnly()).isTrue();
            if (length > 0) {
                assertThatThrownBy(() -> slice.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
            }
        }
    }

    @Test
    default void slice_pastTheEndIsAnEof(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, Content.random(1_000, 1));
        assertEnd(subject.reader(subject.store(), ID));
        writer.seal();
        assertEnd(subject.reader(subject.store(), ID));
    }

    private static void assertEnd(SegmentReader reader) throws IOException {
        assertThat(reader.slice(0, 1_000).remaining()).isEqualTo(1_000);
        assertThat(reader.slice(1_000, 0).remaining()).isZero();
        assertThatThrownBy(() -> reader.slice(1, 1_000)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader.slice(1_000, 1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader.slice(1L << 40, 1)).isInstanceOf(EOFException.class);
    }

    @Test
    default void slice_staysAsItWasWhateverHappensToTheSegment(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(40_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        List<ByteBuffer> slices = new ArrayList<>();
        SegmentReader open = subject.reader(subject.store(), ID);
        slices.add(open.slice(0, content.length));
        slices.add(open.slice(100, 200));
        writer.append(ByteBuffer.wrap(Content.random(40_000, 2)));
        writer.seal();
        writer.close();
        SegmentReader sealed = subject.reader(subject.store(), ID);
        slices.add(sealed.slice(0, content.length));

        open.close();
        sealed.close();
        assertUnchanged(slices, content);
        subject.store().deleteSegment(ID);
        assertUnchanged(slices, content);
        subject.afterClose();
        assertUnchanged(slices, content);
    }

    private static void assertUnchanged(List<ByteBuffer> slices, byte[] content) {
        assertThat(Content.of(slices.get(0))).isEqualTo(content);
        assertThat(slices.get(1)).isEqualTo(ByteBuffer.wrap(content, 100, 200));
        assertThat(Content.of(slices.get(2))).isEqualTo(content);
    }

    @Test
    default void slice_movesNoOther(StoreUnderTest subject) throws IOException {
        subject.createSealed(ID, Content.of(Content.text("0123456789")));
        SegmentReader reader = subject.reader(subject.store(), ID);
        ByteBuffer first = reader.slice(0, 10);
        ByteBuffer second = reader.slice(0, 10);
        first.position(5);

        assertThat(second.position()).isZero();
        assertThat(reader.slice(0, 10).remaining()).isEqualTo(10);
    }

    /** A medium that has it not in memory says so, and is right. */
    @Test
    default void mapped_isAllOfASealedSegmentForEver(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(40_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        assertThat(subject.reader(subject.store(), ID).mapped()).isNull();
        writer.seal();
        writer.close();
        SegmentReader reader = subject.reader(subject.store(), ID);
        ByteBuffer mapped = reader.mapped();
        if (mapped != null) {
            assertThat(mapped.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(mapped.isReadOnly()).isTrue();
            assertThat(Content.of(mapped.duplicate())).isEqualTo(content);
            reader.close();
            subject.store().deleteSegment(ID);
            subject.afterClose();
            assertThat(Content.of(mapped)).isEqualTo(content);
        }
    }
}
