package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@link SegmentWriter} says of appending and syncing. */
interface WriterRules {
    @Test
    default void createSegment_givesAnEmptyOne(StoreUnderTest subject) throws IOException {
        assertThat(subject.create(ID).position()).isZero();
    }

    @Test
    default void createSegment_refusesAnIdThatExists(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        SegmentId sealed = new SegmentId(1, 2);
        subject.createSealed(sealed, content);

        for (SegmentId existing : List.of(ID, sealed)) {
            assertThatThrownBy(() -> subject.store().createSegment(existing, 0))
                    .isInstanceOfSatisfying(
                            SegmentExistsException.class,
                            e -> assertThat(e.segment()).isEqualTo(existing));
            assertThat(subject.contents(existing)).isEqualTo(content);
        }
        writer.appendAndSync(Content.text("more"));
        writer.close();
        subject.afterClose();
        assertThatThrownBy(() -> subject.store().createSegment(ID, 0)).isInstanceOf(SegmentExistsException.class);
    }

    @Test
    default void createSegment_takesTheExpectedBytesAsAHint(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(10_000, 1);
        for (int expected : new int[] {0, 1, 10_000, 1 << 20}) {
            SegmentId id = new SegmentId(1, expected + 1);
            SegmentWriter writer = subject.closing(subject.store().createSegment(id, expected));
            writer.append(ByteBuffer.wrap(content));
            assertThat(subject.contents(id)).as("open").isEqualTo(content);
            writer.sync();
            writer.seal();
            assertThat(subject.contents(id)).as("sealed").isEqualTo(content);
        }
    }

    @Test
    default void append_isSeenByReadersOfThisStoreWhenItReturns(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.create(ID);
        writer.append(Content.text("not synced"));

        assertThat(subject.contents(ID)).asString().isEqualTo("not synced");
    }

    @Test
    default void append_isReadByOtherStoresAsFarAsItIsShown(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(5_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        writer.append(Content.text("more"));

        assertThat(Content.concat(content, Content.of(Content.text("more"))))
                .startsWith(subject.contents(subject.other(), ID));
    }

    @Test
    default void rule4_appendTakesAnyBufferFromItsPositionToItsLimitInOrder(StoreUnderTest subject) throws IOException {
        byte[] part = Content.random(700, 1);
        byte[] padded = Content.concat(new byte[3], part, new byte[5]);
        ByteBuffer heap = ByteBuffer.wrap(padded, 3, part.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(padded.length).put(padded);
        direct.flip().position(3).limit(3 + part.length);
        ByteBuffer readOnly = ByteBuffer.wrap(padded, 3, part.length).asReadOnlyBuffer();
        ByteBuffer sliced = ByteBuffer.wrap(padded, 3, part.length).slice();
        ByteBuffer empty = ByteBuffer.allocate(0);
        SegmentWriter writer = subject.create(ID);
        writer.append(Content.text("<"), heap, direct, empty, readOnly, sliced, Content.text(">"));
        writer.sync();

        for (ByteBuffer buffer : List.of(heap, direct, empty, readOnly, sliced)) {
            assertThat(buffer.remaining()).as("left in %s", buffer).isZero();
        }
        byte[] wanted = Content.concat(new byte[] {'<'}, part, part, part, part, new byte[] {'>'});
        assertThat(subject.contents(ID)).isEqualTo(wanted);
        assertThat(writer.position()).isEqualTo(wanted.length);
    }

    @Test
    default void append_keepsNoneOfItsBuffers(StoreUnderTest subject) throws IOException {
        byte[] first = Content.random(900, 1);
        byte[] second = Content.random(900, 2);
        ByteBuffer heap = ByteBuffer.wrap(first.clone());
        ByteBuffer direct = ByteBuffer.allocateDirect(second.length).put(second).flip();
        SegmentWriter writer = subject.create(ID);
        writer.append(heap, direct);
        heap.clear().put(new byte[heap.capacity()]);
        direct.clear().put(new byte[direct.capacity()]);
        writer.sync();

        assertThat(subject.contents(ID)).isEqualTo(Content.concat(first, second));
        writer.seal();
        assertThat(subject.contents(ID)).isEqualTo(Content.concat(first, second));
    }

    @Test
    default void append_ofNothingAppendsNothing(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.create(ID);
        writer.append();
        writer.append(ByteBuffer.allocate(0), ByteBuffer.allocate(0));
        writer.appendAndSync(Content.text("x"));
        writer.append();
        writer.sync();

        assertThat(writer.position()).isEqualTo(1);
        assertThat(subject.contents(ID)).asString().isEqualTo("x");
    }

    @Test
    default void rule4_manySmallAppendsAreReadBackWhole(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.create(ID);
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] part = Content.random(1 + i % 97 * 5, i);
            parts.add(part);
            writer.append(ByteBuffer.wrap(part));
        }
        writer.sync();
        byte[] wanted = Content.concat(parts.toArray(new byte[0][]));

        assertThat(writer.position()).isEqualTo(wanted.length);
        assertThat(subject.contents(ID)).isEqualTo(wanted);
    }

    @Test
    default void rule4_aLargeAppendIsReadBackWhole(StoreUnderTest subject) throws IOException {
        byte[] large = Content.random((3 << 20) + 12_345, 1);
        SegmentWriter writer = subject.create(ID);
        writer.append(Content.text("x"), ByteBuffer.wrap(large));
        writer.sync();

        assertThat(subject.contents(ID)).isEqualTo(Content.concat(new byte[] {'x'}, large));
    }

    @Test
    default void appendAndSync_appendsAllItIsGiven(StoreUnderTest subject) throws IOException {
        ByteBuffer first = Content.text("one ");
        ByteBuffer second = Content.text("two");
        SegmentWriter writer = subject.create(ID);
        writer.appendAndSync(first, second);
        writer.appendAndSync(Content.text(" three"));

        assertThat(first.remaining() + second.remaining()).as("left").isZero();
        assertThat(writer.position()).isEqualTo(13);
        assertThat(subject.contents(ID)).asString().isEqualTo("one two three");
    }

    @Test
    default void sync_mayBeCalledAgainWithNothingNew(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.create(ID);
        writer.sync();
        writer.append(Content.text("x"));
        writer.sync();
        writer.sync();

        assertThat(subject.contents(ID)).asString().isEqualTo("x");
    }

    @Test
    default void syncAsync_completesInOrderWithTheDurablePosition(StoreUnderTest subject) throws Exception {
        int outstanding = subject.store().traits().syncsInFlight();
        SegmentWriter writer = subject.create(ID);
        List<Long> completed = Collections.synchronizedList(new ArrayList<>());
        List<Long> wanted = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<?>> futures = new ArrayList<>();
            for (int i = 0; i < outstanding; i++) {
                writer.append(Content.text("entry"));
                wanted.add(writer.position());
                futures.add(writer.syncAsync().thenAccept(completed::add));
            }
            for (CompletableFuture<?> future : futures) {
                future.get(subject.hooks().patience().toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        assertThat(completed).isEqualTo(wanted);
        assertThat(subject.contents(ID)).hasSize(wanted.size() * 5);
    }

    @Test
    default void close_endsAWriterWithoutSealing(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        writer.close();
        writer.close();

        assertThatThrownBy(() -> writer.append(Content.text("late"))).isInstanceOf(Exception.class);
        assertThat(subject.contents(ID)).startsWith('x');
    }
}
