package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Rule 10, and the part of rule 5 that is about threads. */
interface ThreadRules {
    @Test
    default void rule10_severalWritersAreOpenAtOnce(StoreUnderTest subject) throws Exception {
        SegmentId[] ids = {new SegmentId(1, 1), new SegmentId(1, 2), new SegmentId(1, 3)};
        SegmentWriter[] writers = new SegmentWriter[ids.length];
        for (int i = 0; i < ids.length; i++) {
            writers[i] = subject.create(ids[i]);
        }
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < ids.length; i++) {
                writers[i].appendAndSync(ByteBuffer.wrap(Content.random(100, i)));
            }
        }
        writers[1].seal();
        writers[0].appendAndSync(Content.text("end"));

        assertThat(subject.contents(ids[0])).hasSize(1_003).startsWith(Content.random(100, 0));
        assertThat(subject.contents(ids[1])).hasSize(1_000).startsWith(Content.random(100, 1));
        assertThat(subject.contents(ids[2])).hasSize(1_000).startsWith(Content.random(100, 2));
    }

    @Test
    default void rule10_manyThreadsUseOneStore(StoreUnderTest subject) throws Exception {
        Store store = subject.store();
        Race race = new Race(subject.hooks().patience());
        for (int thread = 1; thread <= Race.THREADS; thread++) {
            int mine = thread;
            race.runTogether(() -> useAlone(store, mine));
        }
        race.finish();

        assertThat(store.listSegments()).hasSize(Race.THREADS * 3);
    }

    private static void useAlone(Store store, int mine) throws Exception {
        String name = "register-" + mine;
        Register last = store.writeRegister(name, null, Content.number(0));
        for (int i = 1; i <= 4; i++) {
            SegmentId id = new SegmentId(mine, i);
            byte[] content = Content.random(2_000, mine * 100L + i);
            try (SegmentWriter writer = store.createSegment(id, Content.EXPECTED)) {
                writer.appendAndSync(ByteBuffer.wrap(content));
                writer.seal();
            }
            try (SegmentReader reader = store.openSegment(id)) {
                assertThat(Content.of(reader)).isEqualTo(content);
            }
            last = store.writeRegister(name, last.version(), Content.number(i));
            assertThat(store.readRegister(name)).contains(last);
            assertThat(store.listSegments()).contains(id);
        }
        store.deleteSegment(new SegmentId(mine, 1));
        store.fenceSegment(new SegmentId(mine, 9));
    }

    @Test
    default void rule10_manyReadWhileOneWrites(StoreUnderTest subject) throws Exception {
        byte[] content = Content.random(200_000, 1);
        int step = 1_000;
        SegmentWriter writer = subject.createSynced(ID, Arrays.copyOf(content, step));
        SegmentReader shared = subject.reader(subject.store(), ID);
        AtomicBoolean done = new AtomicBoolean();
        Race readers = new Race(subject.hooks().patience());
        for (SegmentReader reader : List.of(shared, shared, shared, subject.reader(subject.other(), ID))) {
            readers.run(() -> {
                long largest = 0;
                for (int round = 0; round < Race.REPEATS || !done.get(); round++) {
                    long size = reader.size();
                    assertThat(size).isBetween(largest, (long) content.length);
                    largest = size;
                    int from = (int) (size * 2 / 3);
                    int length = (int) size - from;
                    ByteBuffer wanted = ByteBuffer.wrap(content, from, length);
                    ByteBuffer read = ByteBuffer.wrap(Content.of(reader, from, length));
                    assertThat(read.equals(wanted))
                            .as("%d bytes at %d", length, from)
                            .isTrue();
                    assertThat(reader.slice(from, length).equals(wanted))
                            .as("slice")
                            .isTrue();
                }
            });
        }
        try {
            for (int at = step; at < content.length; at += step) {
                writer.append(ByteBuffer.wrap(content, at, step));
                if (at % (20 * step) == 0) {
                    writer.sync();
                }
            }
            writer.sync();
        } finally {
            done.set(true);
        }
        readers.finish();

        assertThat(Content.of(shared)).isEqualTo(content);
    }

    @Test
    default void rule5_anIdleReaderBlocksNoWriter(StoreUnderTest subject) throws Exception {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        SegmentReader reader = subject.reader(subject.store(), ID);
        Race race = new Race(subject.hooks().patience());
        FutureTask<byte[]> writing = race.call(() -> {
            writer.appendAndSync(Content.text("y"));
            writer.seal();
            subject.store().deleteSegment(new SegmentId(1, 7));
            return subject.contents(ID);
        });

        assertThat(race.result(writing)).asString().isEqualTo("xy");
        assertThat(Content.of(reader, 0, 1)).containsExactly('x');
    }
}
