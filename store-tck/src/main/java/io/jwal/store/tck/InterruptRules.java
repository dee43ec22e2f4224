package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Rule 6. A change made by an interrupted thread happens all the same, for the segment and the log are others' too; a
 * read may refuse. Either way the flag stays set, and everybody else goes on.
 */
interface InterruptRules {
    @Test
    default void rule6_anInterruptedWriterWritesOn(StoreUnderTest subject) throws Exception {
        byte[] content = Content.random(2_000, 1);
        SegmentWriter writer = subject.create(ID);
        interrupted(subject, () -> {
            writer.append(ByteBuffer.wrap(content));
            return null;
        });
        interrupted(subject, () -> {
            writer.sync();
            return null;
        });
        interrupted(subject, () -> {
            writer.appendAndSync(ByteBuffer.wrap(content));
            return null;
        });

        writer.appendAndSync(ByteBuffer.wrap(content));
        assertThat(subject.contents(ID)).isEqualTo(Content.concat(content, content, content));
        interrupted(subject, () -> {
            writer.seal();
            return null;
        });
        assertThat(subject.contents(ID)).isEqualTo(Content.concat(content, content, content));
    }

    @Test
    default void rule6_anInterruptedReaderHarmsNoOther(StoreUnderTest subject) throws Exception {
        byte[] content = Content.random(2_000, 1);
        SegmentWriter writer = subject.createSynced(ID, content);
        SegmentReader reader = subject.reader(subject.store(), ID);
        SegmentId sealed = new SegmentId(1, 2);
        subject.createSealed(sealed, content);
        SegmentReader ofSealed = subject.reader(subject.store(), sealed);

        for (SegmentReader shared : new SegmentReader[] {reader, ofSealed}) {
            refusable(subject, () -> {
                assertThat(Content.of(shared)).isEqualTo(content);
                return null;
            });
            refusable(subject, () -> {
                assertThat(Content.of(shared.slice(5, 100))).isEqualTo(Arrays.copyOfRange(content, 5, 105));
                return null;
            });
            assertThat(Content.of(shared)).isEqualTo(content);
        }
        writer.appendAndSync(Content.text("more"));
        assertThat(reader.size()).isEqualTo(content.length + 4);
    }

    @Test
    default void rule6_anInterruptedRegisterWriteHappens(StoreUnderTest subject) throws Exception {
        Store store = subject.store();
        Register first = interrupted(subject, () -> store.writeRegister("manifest", null, Content.text("one")));
        assertThat(store.readRegister("manifest")).contains(first);
        refusable(subject, () -> {
            assertThat(store.readRegister("manifest")).contains(first);
            return null;
        });
        Register second =
                interrupted(subject, () -> store.writeRegister("manifest", first.version(), Content.text("two")));
        assertThat(store.readRegister("manifest")).contains(second);
    }

    @Test
    default void rule6_interruptedChangesOfSegmentsHappen(StoreUnderTest subject) throws Exception {
        SegmentId fenced = new SegmentId(1, 2);
        SegmentId deleted = new SegmentId(1, 3);
        Store store = subject.store();
        subject.createSealed(deleted, new byte[] {'x'});
        SegmentWriter writer = interrupted(subject, () -> subject.create(ID));
        interrupted(subject, () -> {
            store.fenceSegment(fenced);
            return null;
        });
        interrupted(subject, () -> {
            store.deleteSegment(deleted);
            return null;
        });
        refusable(subject, () -> {
            store.listSegments();
            return null;
        });

        writer.appendAndSync(Content.text("x"));
        assertThat(subject.contents(ID)).asString().isEqualTo("x");
        assertThat(store.listSegments()).containsExactly(ID);
    }

    @Test
    default void rule6_interruptsAtAnyMomentHarmNobody(StoreUnderTest subject) throws Exception {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {0});
        SegmentReader reader = subject.reader(subject.store(), ID);
        Race race = new Race(subject.hooks().patience());
        int interrupts = 20;
        Semaphore appended = new Semaphore(0);
        AtomicBoolean finished = new AtomicBoolean();
        FutureTask<Integer> writing = race.call(() -> {
            int length = 1;
            try {
                for (int seen = 0; seen < interrupts && !race.isOver(); length++) {
                    writer.appendAndSync(ByteBuffer.wrap(new byte[] {(byte) length}));
                    seen += Thread.interrupted() ? 1 : 0;
                    appended.release();
                }
                return length;
            } finally {
                finished.set(true);
                appended.release();
            }
        });
        Race interrupting = new Race(subject.hooks().patience());
        interrupting.run(() -> {
            while (!finished.get()) {
                appended.acquire();
                race.interrupt();
                assertThat(Content.of(reader, 0, 1)).containsExactly(0);
            }
        });
        int length = race.result(writing);
        interrupting.finish();

        byte[] found = subject.contents(ID);
        assertThat(found).hasSize(length);
        for (int i = 0; i < length; i++) {
            assertThat(found[i]).as("byte %d", i).isEqualTo((byte) i);
        }
        writer.seal();
        assertThat(subject.contents(ID)).isEqualTo(found);
    }

    /** Runs a task in a thread that was interrupted before, and checks that it still knows after. */
    private static <T> T interrupted(StoreUnderTest subject, Callable<T> task) throws Exception {
        return Race.alone(subject.hooks().patience(), () -> {
            Thread.currentThread().interrupt();
            T result = task.call();
            assertThat(Thread.currentThread().isInterrupted()).as("flag kept").isTrue();
            return result;
        });
    }

    /** The same for a task that may throw an {@link IOException} instead. */
    private static void refusable(StoreUnderTest subject, Callable<?> task) throws Exception {
        interrupted(subject, () -> {
            try {
                return task.call();
            } catch (IOException e) {
                return e;
            }
        });
    }
}
