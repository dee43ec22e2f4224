package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

/** What {@link Store#fenceSegment} says: a writer that was replaced adds nothing any more. */
interface FenceRules {
    @Test
    default void fence_refusesAppends(StoreUnderTest subject) throws IOException {
        assertRefused(subject, writer -> {
            writer.append(Content.text("late"));
            writer.sync();
        });
    }

    @Test
    default void fence_refusesSyncsOfWhatWasAppendedBefore(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        writer.append(Content.text("unsynced"));
        subject.takeOver().fenceSegment(ID);

        assertThatThrownBy(writer::sync).isInstanceOf(StoreFencedException.class);
        assertThatThrownBy(writer::sync).isInstanceOf(IOException.class);
    }

    @Test
    default void fence_refusesAppendAndSync(StoreUnderTest subject) throws IOException {
        assertRefused(subject, writer -> writer.appendAndSync(Content.text("late")));
    }

    @Test
    default void fence_refusesAsynchronousSyncs(StoreUnderTest subject) throws IOException {
        assertRefused(subject, writer -> {
            writer.append(Content.text("late"));
            try {
                writer.syncAsync().get(subject.hooks().patience().toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    private static void assertRefused(StoreUnderTest subject, ThrowingConsumer<SegmentWriter> attempt)
            throws IOException {
        byte[] content = Content.random(1_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        subject.takeOver().fenceSegment(ID);

        assertThatThrownBy(() -> attempt.acceptThrows(writer)).isInstanceOf(StoreFencedException.class);
        assertThatThrownBy(() -> attempt.acceptThrows(writer)).as("again").isInstanceOf(IOException.class);
        writer.close();
        assertAdded(subject.contents(ID), content);
    }

    /** After a writer of the past is gone, zeros that were set aside may follow the content, and nothing else. */
    private static void assertAdded(byte[] found, byte[] content) {
        assertThat(found).startsWith(content);
        for (int i = content.length; i < found.length; i++) {
            assertThat(found[i]).as("byte %d", i).isZero();
        }
    }

    @Test
    default void fence_letsASealAddNothing(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);
        try {
            writer.seal();
        } catch (IOException e) {
            assertThat(e).isInstanceOf(StoreFencedException.class);
        }

        assertAdded(subject.contents(successor, ID), content);
        assertThatThrownBy(() -> writer.append(Content.text("late"))).isInstanceOf(Exception.class);
        assertAdded(subject.contents(successor, ID), content);
    }

    @Test
    default void fence_ofAnIdThatWasNeverCreatedKeepsItFromBeing(StoreUnderTest subject) throws IOException {
        Store first = subject.store();
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);

        assertThatThrownBy(() -> successor.createSegment(ID, 0)).isInstanceOf(SegmentExistsException.class);
        assertThatThrownBy(() -> first.createSegment(ID, 0)).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> successor.openSegment(ID)).isInstanceOf(SegmentNotFoundException.class);
        assertThat(successor.listSegments()).isEmpty();
        assertThatThrownBy(() -> subject.afterClose().createSegment(ID, 0)).isInstanceOf(SegmentExistsException.class);
    }

    @Test
    default void fence_twiceIsOnce(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);
        successor.fenceSegment(ID);

        assertThatThrownBy(() -> writer.appendAndSync(Content.text("late"))).isInstanceOf(StoreFencedException.class);
        subject.afterClose().fenceSegment(ID);
        assertAdded(subject.contents(ID), content);
    }

    @Test
    default void fence_leavesReadersAlone(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        subject.createSynced(ID, content);
        SegmentReader before = subject.reader(subject.other(), ID);
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);

        assertThat(Content.of(before, 0, content.length)).isEqualTo(content);
        assertAdded(subject.contents(successor, ID), content);
        assertThat(successor.listSegments()).containsExactly(ID);
    }

    @Test
    default void fence_ofASealedSegmentChangesNothing(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(1_000, 1);
        subject.createSealed(ID, content);
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);

        assertThat(subject.contents(successor, ID)).isEqualTo(content);
        subject.afterClose();
        assertThat(subject.contents(ID)).isEqualTo(content);
    }

    @Test
    default void fence_outlivesTheSegment(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        Store first = subject.store();
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);
        successor.deleteSegment(ID);

        assertThatThrownBy(() -> writer.appendAndSync(Content.text("late"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> first.createSegment(ID, 0)).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> successor.createSegment(ID, 0)).isInstanceOf(SegmentExistsException.class);
        assertThatThrownBy(() -> subject.afterClose().createSegment(ID, 0)).isInstanceOf(SegmentExistsException.class);
        assertThat(subject.store().listSegments()).isEmpty();
    }

    @Test
    default void fence_stopsAWriterInFlight(StoreUnderTest subject) throws Exception {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {0});
        Race race = new Race(subject.hooks().patience());
        CountDownLatch running = new CountDownLatch(20);
        FutureTask<Integer> writing = race.call(() -> {
            int acknowledged = 1;
            try {
                while (!race.isOver()) {
                    writer.appendAndSync(ByteBuffer.wrap(new byte[] {(byte) acknowledged}));
                    acknowledged++;
                    running.countDown();
                }
            } catch (StoreFencedException e) {
                running.countDown();
            }
            return acknowledged;
        });
        running.await(subject.hooks().patience().toNanos(), TimeUnit.NANOSECONDS);
        Store successor = subject.takeOver();
        successor.fenceSegment(ID);
        byte[] found = subject.contents(successor, ID);
        int acknowledged = race.result(writing);
        writer.close();

        assertThat(found.length).as("what was there when the fence stood").isGreaterThanOrEqualTo(acknowledged);
        for (int i = 0; i < acknowledged; i++) {
            assertThat(found[i]).as("byte %d", i).isEqualTo((byte) i);
        }
        assertThat(subject.contents(successor, ID)).as("later").isEqualTo(found);
    }
}
